;; Turns a packed text back into the wasm that it was made of. `scripts/pack.mjs` says how it is packed, and fills in the
;; names in braces.
(module
  (memory (export "memory") 1)
  ;; For each character the byte that it stands for: alone, behind the first prefix, behind the second.
  (data (i32.const {BYTES}) "{bytes}")
  ;; For each opcode the stream of its operand; then the stems.
  (data (i32.const {OPERANDS}) "{operands}")
  (data (i32.const {STEMS}) "{stems}")
  ;; Where the next byte of the wasm is written.
  (global $out (mut i32) (i32.const 0))

  ;; Takes the text between TEXT and $end. The wasm starts at the address that is returned, and ends at `end`.
  (func (export "unpack") (param $end i32) (result i32)
    (local $start i32) (local $functions i32)
    (global.set $out (local.tee $start (call $decode (local.get $end))))
    (local.set $functions (i32.load offset={TEXT} (i32.const {FUNCTIONS})))
    (call $copy (i32.const {SECTIONS}) (i32.load offset={TEXT} (i32.const {BEFORE})))
    (loop $next
      (call $function)
      (br_if $next (local.tee $functions (i32.sub (local.get $functions) (i32.const 1)))))
    (call $copy (i32.const {SECTIONS}) (i32.load offset={TEXT} (i32.const {AFTER})))
    (local.get $start))

  (func (export "end") (result i32) (global.get $out))

  ;; A function: its size, its locals, its instructions.
  (func $function
    (local $body i32) (local $size i32) (local $token i32) (local $stream i32)
    ;; The size is known at the end; five bytes are the most that it can take.
    (global.set $out (local.tee $body (i32.add (global.get $out) (i32.const 5))))
    (call $piece (i32.const {LOCALS}))
    (block $end
      (loop $next
        (local.set $token (call $take (i32.const {TOKENS})))
        (br_if $end (i32.eq (local.get $token) (i32.const {END})))
        (if (i32.eq (local.get $token) (i32.const {OTHER}))
          (then
            (call $piece (i32.const {OTHERS}))
            (br $next)))
        (if (i32.lt_u (local.get $token) (i32.const {FIRST_STEM}))
          (then
            (call $put (local.get $token))
            (local.set $stream (i32.load8_u offset={OPERANDS} (local.get $token)))
            ;; The lowest two bits are the alignment of an access to memory.
            (if (i32.ge_u (local.get $stream) (i32.const {OFFSETS}))
              (then
                (call $put (i32.and (local.get $stream) (i32.const 3)))
                (local.set $stream (i32.const {OFFSETS})))))
          (else
            (local.set $stream (call $stem
              (i32.mul (i32.sub (local.get $token) (i32.const {FIRST_STEM})) (i32.const 6))))))
        (br_if $next (i32.eqz (local.get $stream)))
        (local.set $size (call $number (local.get $stream)))
        (br_if $next (i32.ne (local.get $token) (i32.const {BR_TABLE})))
        (loop $label
          (drop (call $number (local.get $stream)))
          (br_if $label (i32.ge_s (local.tee $size (i32.sub (local.get $size) (i32.const 1))) (i32.const 0))))
        (br $next)))
    (call $put (i32.const 0x0b))
    (local.set $size (i32.sub (global.get $out) (local.get $body)))
    (global.set $out (i32.sub (local.get $body) (i32.const 5)))
    (local.set $token (local.get $size))
    (loop $next
      (if (i32.gt_u (local.get $token) (i32.const 0x7f))
        (then
          (call $put (i32.or (local.get $token) (i32.const 0x80)))
          (local.set $token (i32.shr_u (local.get $token) (i32.const 7)))
          (br $next))))
    (call $put (local.get $token))
    (memory.copy (global.get $out) (local.get $body) (local.get $size))
    (global.set $out (i32.add (global.get $out) (local.get $size))))

  ;; Writes a stem: four bytes, of which some are meant, their number, the stream of the operand. Returns the stream.
  (func $stem (param $at i32) (result i32)
    (local.set $at (i32.add (local.get $at) (i32.const {STEMS})))
    (i32.store (global.get $out) (i32.load (local.get $at)))
    (global.set $out (i32.add (global.get $out) (i32.load8_u offset=4 (local.get $at))))
    (i32.load8_u offset=5 (local.get $at)))

  ;; A number, which is returned if it is below 128.
  (func $number (param $stream i32) (result i32)
    (local $byte i32)
    (loop $next
      (call $put (local.tee $byte (call $take (local.get $stream))))
      (br_if $next (i32.gt_u (local.get $byte) (i32.const 0x7f))))
    (local.get $byte))

  ;; Bytes behind their number.
  (func $piece (param $stream i32)
    (call $copy (local.get $stream) (call $take (local.get $stream))))

  (func $copy (param $stream i32) (param $length i32)
    (loop $next
      (if (local.get $length)
        (then
          (call $put (call $take (local.get $stream)))
          (local.set $length (i32.sub (local.get $length) (i32.const 1)))
          (br $next)))))

  ;; The next byte of a stream. The text starts with the place of each stream in it.
  (func $take (param $stream i32) (result i32)
    (local $at i32)
    (i32.store offset={TEXT} (local.get $stream)
      (i32.add (local.tee $at (i32.load offset={TEXT} (local.get $stream))) (i32.const 1)))
    (i32.load8_u offset={TEXT} (local.get $at)))

  (func $put (param $byte i32)
    (i32.store8 (global.get $out) (local.get $byte))
    (global.set $out (i32.add (global.get $out) (i32.const 1))))

  ;; Characters to bytes, in place.
  (func $decode (param $end i32) (result i32)
    (local $in i32) (local $out i32) (local $char i32)
    (local.set $in (local.tee $out (i32.const {TEXT})))
    (loop $next
      (local.set $char (i32.load8_u (local.get $in)))
      (if (i32.or
          (i32.eq (local.get $char) (i32.const {FIRST}))
          (i32.eq (local.get $char) (i32.const {SECOND})))
        (then
          (local.set $in (i32.add (local.get $in) (i32.const 1)))
          (local.set $char (i32.add
            (i32.load8_u (local.get $in))
            (select (i32.const 96) (i32.const 192) (i32.eq (local.get $char) (i32.const {FIRST})))))))
      (i32.store8 (local.get $out) (i32.load8_u (local.get $char)))
      (local.set $out (i32.add (local.get $out) (i32.const 1)))
      (br_if $next (i32.lt_u
        (local.tee $in (i32.add (local.get $in) (i32.const 1)))
        (local.get $end))))
    (local.get $out)))
