import Testing

@testable import XLSX

@Suite("Dates")
struct NumberFormatDateTests {
  @Test(
    "the 1900 system has a 29 February 1900",
    arguments: [
      (0.0, "00:00:00"), (0.5, "12:00:00"), (1, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-29"),
      (61, "1900-03-01"),
      (45_614, "2024-11-18"), (45_614.75, "2024-11-18T18:00:00"), (2_958_465, "9999-12-31"),
      (36_526, "2000-01-01"),
      (44_620, "2022-02-28"), (44_621, "2022-03-01"), (45_351, "2024-02-29"),
      (1.999_999_999_999, "1900-01-02"), (45_614.000_002_893_5, "2024-11-18T00:00:00.250"),
    ])
  func excel1900(_ serial: Double, _ text: String) throws {
    let date = try #require(DateSystem.excel1900.date(fromSerial: serial))
    #expect(date.iso8601 == text)
    let back = try #require(DateSystem.excel1900.serial(fromISO8601: text))
    #expect(abs(back - serial) < 1e-8)
  }

  @Test("the 1904 system starts at serial 0 and is 1462 days behind")
  func excel1904() {
    #expect(DateSystem.excel1904.date(fromSerial: 0)?.iso8601 == "1904-01-01")
    #expect(DateSystem.excel1904.date(fromSerial: 45_614 - 1462)?.iso8601 == "2024-11-18")
    #expect(DateSystem.excel1904.serial(year: 2024, month: 11, day: 18) == 44_152)
    #expect(DateSystem.excel1904.serial(year: 1903, month: 12, day: 31) == nil)
    #expect(DateSystem.excel1904.serial(fromISO8601: "18:00:00") == 0.75)
  }

  @Test("every day there and back")
  func roundTrip() {
    for system in [DateSystem.excel1900, .excel1904] {
      for serial in stride(from: 1, to: Int(system.serialLimit), by: 7) {
        #expect(system.date(fromSerial: Double(serial)).flatMap { system.serial(of: $0) } == Double(serial))
      }
    }
  }

  @Test("no dates: negative, beyond the year 9999, not finite, not on the calendar")
  func noDates() {
    for serial in [-1, -0.5, 2_958_466, 1e300, .infinity, -.infinity, .nan] {
      #expect(DateSystem.excel1900.date(fromSerial: serial) == nil)
    }
    for text in [
      "", "2024", "2024-13-01", "2024-02-30", "2024-11-18T25:00", "2024-11-18x", "18.11.2024", "T", "12",
      "1899-12-31",
    ] {
      #expect(DateSystem.excel1900.serial(fromISO8601: text) == nil, "\(text)")
    }
  }

  @Test("ISO 8601 with fractions and zones")
  func iso() {
    let noon = DateSystem.excel1900.serial(year: 2024, month: 11, day: 18, hour: 12)
    for text in [
      "2024-11-18T12:00:00Z", "2024-11-18T12:00", "2024-11-18 12:00:00.000", "2024-11-18T12:00:00+08:00",
    ] {
      #expect(DateSystem.excel1900.serial(fromISO8601: text) == noon)
    }
  }

  @Test(
    "which codes make a number a date",
    arguments: [
      ("General", nil), ("0.00", nil), ("DD/MM/YY", .dateTime), ("H:MM:SS;@", .dateTime), ("mmm", .dateTime),
      ("#,##0\\ [$\\u20bd-46D]", nil), ("m\"M\"d\"D\";@", .dateTime), ("[h]:mm:ss", .duration),
      ("[mm]:ss", .duration),
      ("[hm]", nil), ("[Red]0", nil), ("[$-404]e\"\\xfc\"m\"\\xfc\"d\"\\xfc\"", .dateTime), ("0.00E+00", nil),
      ("##0.0E+0", nil),
      ("\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\"", nil), ("0_ ;[Red]-0 ", nil), ("\\Y000000", nil),
      ("GENERAL", nil),
      ("GENERAL\" day\"", nil), ("[Magenta].00", nil), ("[White]#.00;yyyy", nil),
      ("[>100][Green]General", nil),
      ("aaaa", .dateTime), ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", .dateTime), ("上午/下午h\"时\"", .dateTime),
      ("G/通用格式\"秒\"", nil), ("_-* #,##0 _d_-", nil), ("@", nil), ("", nil), ("\"年", nil), ("[", nil),
      ("yyyy/m/d", .dateTime),
      ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .dateTime),
    ] as [(String, NumberFormat.TemporalKind?)])
  func classify(_ code: String, _ kind: NumberFormat.TemporalKind?) {
    #expect(NumberFormat(code).temporalKind == kind)
  }

  @Test("built-in formats")
  func builtIn() {
    #expect(NumberFormat.builtIn(0) == .general)
    #expect(NumberFormat.builtIn(14)?.isDate == true)
    #expect(NumberFormat.builtIn(46)?.isDuration == true)
    #expect(NumberFormat.builtIn(31)?.code == "yyyy\"年\"m\"月\"d\"日\"")
    #expect(NumberFormat.builtIn(49) == .text)
    #expect(NumberFormat.builtIn(23) == nil)
    #expect(NumberFormat.builtIn(-1) == nil)
    // What is written without its definition is read as it was meant.
    for (code, id) in Stylesheet.builtIn { #expect(NumberFormat.builtIn(id)?.code == code) }
  }
}
