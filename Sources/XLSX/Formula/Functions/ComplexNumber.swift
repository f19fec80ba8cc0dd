/// A complex number as text holds it: `3+4i`, `-j`, `2`.
struct ComplexNumber {
  var real: Double
  var imaginary: Double
  /// `i` or `j`; `nil` for a number without an imaginary part, which goes with either.
  var unit: Character?

  init(_ real: Double, _ imaginary: Double, unit: Character? = nil) {
    self.real = real
    self.imaginary = imaginary
    self.unit = unit
  }

  /// `nil` for text that is none.
  init?(_ text: String) {
    let characters = Array(text.trimmingXMLSpace)
    guard !characters.isEmpty, characters.count <= 64, characters.allSatisfy(\.isASCII) else { return nil }
    guard let last = characters.last, last == "i" || last == "j" else {
      guard let number = Double(String(characters)), number.isFinite else { return nil }
      self.init(number, 0)
      return
    }
    // The sign before the imaginary part is the last one that belongs to no exponent.
    let body = characters.dropLast()
    var split = body.startIndex
    for index in body.indices.dropFirst() where body[index] == "+" || body[index] == "-" {
      if body[index - 1] != "e", body[index - 1] != "E" { split = index }
    }
    let real = String(body[..<split])
    let part = String(body[split...])
    let imaginary: Double?
    switch part {
    case "", "+": imaginary = 1
    case "-": imaginary = -1
    default: imaginary = Double(part)
    }
    guard let imaginary, imaginary.isFinite, let whole = real.isEmpty ? 0 : Double(real), whole.isFinite
    else {
      return nil
    }
    self.init(whole, imaginary, unit: last)
  }

  var text: String {
    let unit = String(self.unit ?? "i")
    func number(_ value: Double) -> String { GeneralFormat.formulaText(for: value == 0 ? 0 : value) }
    if imaginary == 0 { return number(real) }
    let part =
      (imaginary == 1 ? "" : imaginary == -1 ? "-" : number(imaginary)) + unit
    if real == 0 { return part }
    return number(real) + (imaginary > 0 ? "+" : "") + part
  }

  var magnitude: Double { (real * real + imaginary * imaginary).squareRoot() }
  var argument: Double { FloatMath.arcTangent(y: imaginary, x: real) }

  static func polar(_ radius: Double, _ angle: Double) -> ComplexNumber {
    ComplexNumber(radius * FloatMath.cosine(angle), radius * FloatMath.sine(angle))
  }

  // Methods, for operators would burden the type checker everywhere else.

  func plus(_ b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(real + b.real, imaginary + b.imaginary)
  }

  func minus(_ b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(real - b.real, imaginary - b.imaginary)
  }

  func times(_ b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(real * b.real - imaginary * b.imaginary, real * b.imaginary + imaginary * b.real)
  }

  /// Division by 0 gives numbers that are none.
  func over(_ b: ComplexNumber) -> ComplexNumber {
    let square = b.real * b.real + b.imaginary * b.imaginary
    return ComplexNumber(
      (real * b.real + imaginary * b.imaginary) / square,
      (imaginary * b.real - real * b.imaginary) / square)
  }

  var sine: ComplexNumber {
    ComplexNumber(
      FloatMath.sine(real) * FloatMath.hyperbolicCosine(imaginary),
      FloatMath.cosine(real) * FloatMath.hyperbolicSine(imaginary))
  }

  var cosine: ComplexNumber {
    ComplexNumber(
      FloatMath.cosine(real) * FloatMath.hyperbolicCosine(imaginary),
      -FloatMath.sine(real) * FloatMath.hyperbolicSine(imaginary))
  }

  var hyperbolicSine: ComplexNumber {
    ComplexNumber(
      FloatMath.hyperbolicSine(real) * FloatMath.cosine(imaginary),
      FloatMath.hyperbolicCosine(real) * FloatMath.sine(imaginary))
  }

  var hyperbolicCosine: ComplexNumber {
    ComplexNumber(
      FloatMath.hyperbolicCosine(real) * FloatMath.cosine(imaginary),
      FloatMath.hyperbolicSine(real) * FloatMath.sine(imaginary))
  }

  var logarithm: ComplexNumber { ComplexNumber(FloatMath.naturalLog(magnitude), argument) }

  func power(_ exponent: Double) -> ComplexNumber {
    .polar(FloatMath.power(magnitude, exponent), argument * exponent)
  }
}
