#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The gamma, beta and error functions and what the distributions are made of, to some 14 digits.
enum SpecialFunctions {
  static func gamma(_ x: Double) -> Double { tgamma(x) }
  static func errorFunction(_ x: Double) -> Double { erf(x) }
  static func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }
  static func besselJ(_ order: Int32, _ x: Double) -> Double { jn(order, x) }
  static func besselY(_ order: Int32, _ x: Double) -> Double { yn(order, x) }

  /// ln Γ(x) for x > 0, by Stirling's series from 10 on; the C library's own keeps a sign in global memory.
  static func logGamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 15 {
      product *= x
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let series =
      inverse
      * (1.0 / 12 - square
        * (1.0 / 360 - square
          * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691 / 360_360)))))
    return (x - 0.5) * log(x) - x + 0.918_938_533_204_672_74 + series - log(product)
  }

  /// The regularised incomplete gamma functions: the lower one and the upper one, which add up to 1.
  static func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    guard x > 0 else { return (0, 1) }
    let factor = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      for _ in 0..<20_000 {
        n += 1
        term *= x / n
        sum += term
        if term < sum * 1e-17 { break }
      }
      let lower = min(1, sum * factor)
      return (lower, 1 - lower)
    }
    // Lentz's continued fraction.
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1..<20_000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = an * d + b
      if d.magnitude < 1e-300 { d = 1e-300 }
      c = b + an / c
      if c.magnitude < 1e-300 { c = 1e-300 }
      d = 1 / d
      let step = d * c
      h *= step
      if (step - 1).magnitude < 1e-16 { break }
    }
    let upper = min(1, factor * h)
    return (1 - upper, upper)
  }

  static func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

  /// The regularised incomplete beta function, and what is missing to 1.
  static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x >= 1 { return (1, 0) }
    let factor = exp(a * log(x) + b * log1p(-x) - logBeta(a, b))
    if x < (a + 1) / (a + b + 2) {
      let lower = factor * betaFraction(a, b, x) / a
      return (lower, 1 - lower)
    }
    let upper = factor * betaFraction(b, a, 1 - x) / b
    return (1 - upper, upper)
  }

  private static func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if d.magnitude < 1e-300 { d = 1e-300 }
    d = 1 / d
    var h = d
    for i in 1..<20_000 {
      let m = Double(i)
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + numerator * d
        if d.magnitude < 1e-300 { d = 1e-300 }
        c = 1 + numerator / c
        if c.magnitude < 1e-300 { c = 1e-300 }
        d = 1 / d
        h *= d * c
      }
      if (d * c - 1).magnitude < 1e-16 { break }
    }
    return h
  }

  /// The share of the standard normal distribution below a value.
  static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  static func normalDensity(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// The value below which a share of the standard normal distribution lies (Wichura's AS 241).
  static func normalInverse(_ p: Double) -> Double {
    let q = p - 0.5
    var z: Double
    if q.magnitude <= 0.425 {
      let r = 0.180625 - q * q
      z =
        q
        * polynomial(
          r, 2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
          13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608)
        / polynomial(
          r, 5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
          5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1)
    } else {
      var r = (-log(q < 0 ? p : 1 - p)).squareRoot()
      if r <= 5 {
        r -= 1.6
        z =
          polynomial(
            r, 7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
            1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
            1.42343711074968357734)
          / polynomial(
            r, 1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
            0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1)
      } else {
        r -= 5
        z =
          polynomial(
            r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
            0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
            6.6579046435011037772)
          / polynomial(
            r, 2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
            7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
            0.59983220655588793769, 1)
      }
      if q < 0 { z = -z }
    }
    return z
  }

  private static func polynomial(_ x: Double, _ coefficients: Double...) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }

  /// Where a function that grows reaches a value, between two bounds; an infinite one is looked for.
  static func inverse(_ target: Double, from lower: Double, to upper: Double, _ function: (Double) -> Double)
    -> Double
  {
    var (low, high) = (lower, upper)
    if !low.isFinite {
      low = -1
      while function(low) > target, low > -1e300 { low *= 2 }
    }
    if !high.isFinite {
      high = max(1, low + 1)
      while function(high) < target, high < 1e300 {
        low = high
        high *= 2
      }
    }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if function(middle) < target { low = middle } else { high = middle }
      if high - low <= 1e-16 * high.magnitude { break }
    }
    return low + (high - low) / 2
  }

  /// ln of the number of ways to choose k of n.
  static func logChoose(_ n: Double, _ k: Double) -> Double {
    logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  }
}
