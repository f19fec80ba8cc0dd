#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The mathematical functions of the C library under names of their own.
enum FloatMath {
  static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func naturalLog(_ x: Double) -> Double { log(x) }
  static func log10(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.log10(x)
    #elseif canImport(Musl)
      Musl.log10(x)
    #else
      Darwin.log10(x)
    #endif
  }
  static let unary: [String: @Sendable (Double) -> Double] = [
    "SIN": { sin($0) }, "COS": { cos($0) }, "TAN": { tan($0) }, "ASIN": { asin($0) }, "ACOS": { acos($0) },
    "ATAN": { atan($0) }, "SINH": { sinh($0) }, "COSH": { cosh($0) }, "TANH": { tanh($0) },
    "ASINH": { asinh($0) },
    "ACOSH": { acosh($0) }, "ATANH": { atanh($0) },
  ]
  static func sine(_ x: Double) -> Double { sin(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }
  static func tangent(_ x: Double) -> Double { tan(x) }
  static func hyperbolicSine(_ x: Double) -> Double { sinh(x) }
  static func hyperbolicCosine(_ x: Double) -> Double { cosh(x) }
  static func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
  static func arcTangent(_ x: Double) -> Double { atan(x) }
  static func arcTangent(y: Double, x: Double) -> Double { atan2(y, x) }
}
