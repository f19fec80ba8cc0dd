/// The units that `CONVERT` knows, each by what it is in the first unit of its kind.
enum MeasurementUnits {
  static func convert(_ number: Double, from: String, to: String) -> Double? {
    if let source = temperature(from), let target = temperature(to) {
      return target.fromKelvin(source.toKelvin(number))
    }
    guard let source = unit(from), let target = unit(to), source.kind == target.kind else { return nil }
    return number * source.factor / target.factor
  }

  private struct Unit {
    var kind: Int
    var factor: Double
  }

  private struct Temperature {
    var toKelvin: (Double) -> Double
    var fromKelvin: (Double) -> Double
  }

  private static func temperature(_ name: String) -> Temperature? {
    switch name {
    case "C", "cel": Temperature(toKelvin: { $0 + 273.15 }, fromKelvin: { $0 - 273.15 })
    case "F", "fah": Temperature(toKelvin: { ($0 + 459.67) / 1.8 }, fromKelvin: { $0 * 1.8 - 459.67 })
    case "K", "kel": Temperature(toKelvin: { $0 }, fromKelvin: { $0 })
    case "Rank": Temperature(toKelvin: { $0 / 1.8 }, fromKelvin: { $0 * 1.8 })
    case "Reau": Temperature(toKelvin: { $0 * 1.25 + 273.15 }, fromKelvin: { ($0 - 273.15) * 0.8 })
    default: nil
    }
  }

  private static func unit(_ name: String) -> Unit? {
    if let known = units[name] { return Unit(kind: known.kind, factor: known.factor) }
    for (prefix, factor) in binaryPrefixes where name.hasPrefix(prefix) {
      if let known = units[String(name.dropFirst(2))], known.kind == information {
        return Unit(kind: known.kind, factor: known.factor * factor)
      }
    }
    for (prefix, factor) in prefixes where name.hasPrefix(prefix) {
      if let known = units[String(name.dropFirst(prefix.count))], known.power > 0 {
        return Unit(kind: known.kind, factor: known.factor * FloatMath.power(factor, Double(known.power)))
      }
    }
    return nil
  }

  private static let prefixes: [(String, Double)] = [
    ("da", 1e1), ("Y", 1e24), ("Z", 1e21), ("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6),
    ("k", 1e3), ("h", 1e2), ("e", 1e1), ("d", 1e-1), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("n", 1e-9),
    ("p", 1e-12), ("f", 1e-15), ("a", 1e-18), ("z", 1e-21), ("y", 1e-24),
  ]

  private static let binaryPrefixes: [(String, Double)] = [
    ("ki", 0x1p10), ("Mi", 0x1p20), ("Gi", 0x1p30), ("Ti", 0x1p40), ("Pi", 0x1p50), ("Ei", 0x1p60),
    ("Zi", 0x1p70),
    ("Yi", 0x1p80),
  ]

  private static let information = 11

  /// Kind, factor, and to which power a prefix counts (0: it takes none).
  private static let units: [String: (kind: Int, factor: Double, power: Int)] = {
    var table: [String: (kind: Int, factor: Double, power: Int)] = [:]
    func add(_ kind: Int, _ names: String, _ factor: Double, _ power: Int = 0) {
      for name in names.split(separator: " ") { table[String(name)] = (kind, factor, power) }
    }
    // Mass, in grams.
    add(1, "g", 1, 1)
    add(1, "sg", 14593.902937206364829)
    add(1, "lbm", 453.59237)
    add(1, "u", 1.66053906660e-24, 1)
    add(1, "ozm", 28.349523125)
    add(1, "grain", 0.06479891)
    add(1, "cwt shweight", 45359.237)
    add(1, "uk_cwt lcwt hweight", 50802.34544)
    add(1, "stone", 6350.29318)
    add(1, "ton", 907184.74)
    add(1, "uk_ton LTON brton", 1016046.9088)
    // Distance, in metres.
    add(2, "m", 1, 1)
    add(2, "mi", 1609.344)
    add(2, "Nmi", 1852)
    add(2, "in", 0.0254)
    add(2, "ft", 0.3048)
    add(2, "yd", 0.9144)
    add(2, "ang", 1e-10, 1)
    add(2, "ell", 1.143)
    add(2, "ly", 9.46073047258080e15, 1)
    add(2, "parsec pc", 3.08567758128155e16, 1)
    add(2, "Pica Picapt", 0.0254 / 72)
    add(2, "pica", 0.0254 / 6)
    add(2, "survey_mi", 6336000.0 / 3937)
    // Time, in seconds.
    add(3, "sec s", 1, 1)
    add(3, "yr", 31557600)
    add(3, "day d", 86400)
    add(3, "hr", 3600)
    add(3, "mn min", 60)
    // Pressure, in pascals.
    add(4, "Pa p", 1, 1)
    add(4, "atm at", 101325, 1)
    add(4, "mmHg", 133.322, 1)
    add(4, "psi", 6894.757293168361)
    add(4, "Torr", 101325.0 / 760)
    // Force, in newtons.
    add(5, "N", 1, 1)
    add(5, "dyn dy", 1e-5, 1)
    add(5, "lbf", 4.4482216152605)
    add(5, "pond", 9.80665e-3, 1)
    // Energy, in joules.
    add(6, "J", 1, 1)
    add(6, "e", 1e-7, 1)
    add(6, "c", 4.184, 1)
    add(6, "cal", 4.1868, 1)
    add(6, "eV ev", 1.602176634e-19, 1)
    add(6, "HPh hh", 2684519.537696172792)
    add(6, "Wh wh", 3600, 1)
    add(6, "flb", 1.3558179483314004)
    add(6, "BTU btu", 1055.05585262)
    // Power, in watts.
    add(7, "W w", 1, 1)
    add(7, "HP h", 745.69987158227022)
    add(7, "PS", 735.49875)
    // Magnetism, in tesla.
    add(8, "T", 1, 1)
    add(8, "ga", 1e-4, 1)
    // Volume, in litres.
    let inch = 0.016387064
    add(9, "l L lt", 1, 1)
    add(9, "tsp", 0.00492892159375)
    add(9, "tspm", 0.005)
    add(9, "tbs", 0.01478676478125)
    add(9, "oz", 0.0295735295625)
    add(9, "cup", 0.2365882365)
    add(9, "pt us_pt", 0.473176473)
    add(9, "uk_pt", 0.56826125)
    add(9, "qt", 0.946352946)
    add(9, "uk_qt", 1.1365225)
    add(9, "gal", 3.785411784)
    add(9, "uk_gal", 4.54609)
    add(9, "ang3 ang^3", 1e-27, 3)
    add(9, "barrel", 158.987294928)
    add(9, "bushel", 2150.42 * inch)
    add(9, "ft3 ft^3", 1728 * inch)
    add(9, "in3 in^3", inch)
    add(9, "ly3 ly^3", 9.46073047258080e15 * 9.46073047258080e15 * 9.46073047258080e15 * 1000)
    add(9, "m3 m^3", 1000, 3)
    add(9, "mi3 mi^3", 4168181825440.579584)
    add(9, "yd3 yd^3", 46656 * inch)
    add(9, "Nmi3 Nmi^3", 6352182208000)
    add(9, "Pica3 Pica^3 Picapt3 Picapt^3", inch / 373248)
    add(9, "GRT regton", 2831.6846592)
    add(9, "MTON", 1132.67386368)
    // Area, in square metres.
    add(10, "m2 m^2", 1, 2)
    add(10, "uk_acre", 4046.8564224)
    add(10, "us_acre", 4046.87260987425)
    add(10, "ang2 ang^2", 1e-20, 2)
    add(10, "ar", 100, 1)
    add(10, "ft2 ft^2", 0.09290304)
    add(10, "ha", 10000)
    add(10, "in2 in^2", 0.00064516)
    add(10, "ly2 ly^2", 9.46073047258080e15 * 9.46073047258080e15)
    add(10, "Morgen", 2500)
    add(10, "mi2 mi^2", 2589988.110336)
    add(10, "Nmi2 Nmi^2", 3429904)
    add(10, "Pica2 Pica^2 Picapt2 Picapt^2", 0.00064516 / 5184)
    add(10, "yd2 yd^2", 0.83612736)
    // Information, in bits.
    add(information, "bit", 1, 1)
    add(information, "byte", 8, 1)
    // Speed, in metres per second.
    add(12, "m/s m/sec", 1, 1)
    add(12, "m/h m/hr", 1.0 / 3600, 1)
    add(12, "mph", 0.44704)
    add(12, "kn", 1852.0 / 3600)
    add(12, "admkn", 0.514773333333333)
    return table
  }()
}
