import Testing

@testable import XLSX

@Suite("Number formats")
struct NumberFormatTests {
  @Test(
    "numbers as Excel shows them",
    arguments: [
      ("0.00", 12.344, "12.34"), ("0.00", 1.005, "1.01"), ("0", 0.5, "1"), ("0", -0.4, "0"), ("#", 0, ""),
      ("#.##", 12, "12."), (".00", 12.3, "12.30"), (".00", 0.5, ".50"), ("000.00", 12.3, "012.30"),
      ("#,##0", 1_234_567.5, "1,234,568"), ("#,##0", 12, "12"), ("0,000", 12, "0,012"),
      ("?,?????????", 1_234_567, "    1,234,567"), ("0,", 1_234_567, "1235"),
      ("0.0,,\"百万\"", 1_234_567, "1.2百万"),
      ("0!.0,\"万\"", 123_456, "12.3万"), ("0.0%", 0.125, "12.5%"), ("0%", -0.5, "-50%"),
      ("0.00%%", 1, "10000.00%%"),
      ("0.00E+00", 1234.5, "1.23E+03"), ("##0.0E+0", 123_456, "123.5E+3"), ("0.00e-00", 0.00012, "1.20e-04"),
      ("# ?/?", 0.456, " 1/2"), ("# ?/?", 2, "2    "), ("# ??/??", -12.34, "-12 17/50"),
      ("# ?/8", 1.26, "1 2/8"),
      ("?/?", 1.5, "3/2"), ("0000-00-00", 20_241_118, "2024-11-18"),
      ("(000) 000-0000", 3_913_558_888, "(391) 355-8888"),
      ("0.0;(0.0)", -1.25, "(1.3)"), ("0;-0;\"零\"", 0, "零"), ("0;;", -1, ""), ("0;;;@", 0, ""),
      ("#,##0_);[Red](#,##0)", -1234, "(1,234)"), ("#,##0_);[Red](#,##0)", 1234, "1,234 "),
      ("[红色]0;[蓝色]-0", -5, "-5"), ("[>=10000]0.0,\"千\";0", 12_345, "12.3千"),
      ("[>=10000]0.0,\"千\";0", 99, "99"),
      ("[>=100]0;0.00", -5, "-5.00"), ("[<0]\"负\"0;0", -5, "负5"), ("[=1]\"男\";[=2]\"女\"", 2, "女"),
      ("[=1]\"男\";[=2]\"女\"", 3, "########"), ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"), ("[$-804]0", 7, "7"),
      ("_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", 1234.5, " ¥1,234.50 "),
      ("0\"人\"", 12, "12人"), ("\\a0\\b", 3, "a3b"), ("0 \"万人次\"", 1.5, "2 万人次"),
      ("General\"场\"", 12.5, "12.5场"),
      ("G/通用格式\"场\"", 12.5, "12.5场"), ("@", 12.5, "12.5"), ("0", 12_345_678_901_234_568, "12345678901234600"),
      ("0.0", 1e20, "100000000000000000000.0"), ("0.000", 1e-300, "0.000"),
    ] as [(String, Double, String)])
  func numbers(_ code: String, _ value: Double, _ text: String) {
    #expect(NumberFormat(code).text(forNumber: value) == text)
  }

  @Test(
    "General takes at most 11 characters",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333333"),
      (-1.0 / 3, "-0.333333333"),
      (10_000_000_000, "10000000000"), (100_000_000_000, "1E+11"), (123_456_789_012, "1.23457E+11"),
      (1234.567_890_123, "1234.56789"), (99_999_999_999.9, "1E+11"), (0.00001, "0.00001"),
      (0.000_012_345_67, "1.23457E-05"),
      (1e-9, "0.000000001"), (1e-10, "1E-10"), (0.000_123_456_789, "0.000123457"), (1e300, "1E+300"),
    ] as [(Double, String)])
  func general(_ value: Double, _ text: String) {
    #expect(NumberFormat.general.text(forNumber: value) == text)
  }

  @Test(
    "dates and times",
    arguments: [
      ("yyyy-mm-dd", 45_614, "2024-11-18"), ("yyyy\"年\"m\"月\"d\"日\"", 45_614, "2024年11月18日"),
      ("yyyy/m/d;@", 45_614, "2024/11/18"), ("mm-dd-yy", 45_614, "11/18/2024"),
      ("d-mmm-yy", 45_614, "18-Nov-24"),
      ("mmmm", 45_614, "November"), ("mmmmm", 45_614, "N"), ("dddd", 45_614, "Monday"),
      ("ddd", 45_614, "Mon"),
      ("aaaa", 45_614, "星期一"), ("aaa", 45_614, "一"), ("[$-804]dddd", 45_614, "星期一"),
      ("[$-804]mmmm", 45_614, "十一月"),
      ("e\"年\"", 45_614, "2024年"), ("h:mm AM/PM", 0.75, "6:00 PM"), ("hh:mm A/P", 0.25, "06:00 A"),
      ("上午/下午h\"时\"mm\"分\"", 0.75, "下午6时00分"), ("[$-804]AM/PM h:mm", 0, "上午 12:00"),
      ("h:mm:ss", 0.999_999, "0:00:00"), ("mm:ss.0", 0.000_694_5, "01:00.0"),
      ("h:mm", 45_614.999_999_9, "0:00"),
      ("yyyy-mm-dd", 45_614.999_999_9, "2024-11-18"), ("m/d/yyyy", 60, "2/29/1900"),
      ("m/d/yyyy", 0, "1/0/1900"),
      ("[h]:mm", 1.5, "36:00"), ("[hh]:mm:ss", 0.05, "01:12:00"), ("[mm]", 1.5, "2160"),
      ("[ss].00", 0.001, "86.40"),
      ("yyyy", -1, "########"), ("yyyy", 3_000_000, "########"),
      ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", 45_614, "二〇二四年十一月十八日"),
      ("[DBNum2][$-804]m\"月\"d\"日\"", 45_610, "壹拾壹月壹拾肆日"), ("[DBNum3]yyyy\"年\"", 45_614, "２０２４年"),
      ("[DBNum1]mm\"月\"", 45_400, "〇四月"),
    ] as [(String, Double, String)])
  func dates(_ code: String, _ serial: Double, _ text: String) {
    #expect(NumberFormat(code).text(forNumber: serial) == text)
  }

  @Test(
    "Chinese numerals",
    arguments: [
      ("[DBNum1]General", 123, "一百二十三"), ("[DBNum1]General", 105, "一百〇五"), ("[DBNum1]General", 15, "一十五"),
      ("[DBNum1]General", 0, "〇"), ("[DBNum1]General", 10_005, "一万〇五"),
      ("[DBNum1]General", 1_010_000, "一百〇一万"),
      ("[DBNum1]General", 1e10, "一百亿"), ("[DBNum1]General", 12.5, "一十二.五"), ("[DBNum1]General", -3, "-三"),
      ("[DBNum2]General", 620, "陆佰贰拾"), ("[DBNum2][$-804]General\"元\"", 1004, "壹仟零肆元"),
      ("[DBNum3]General", 123, "１百２十３"), ("[DBNum1]0", 1234, "一二三四"), ("[DBNum2]0.00", 1.5, "壹.伍零"),
      ("[DBNum4]0", 12, "12"),
    ] as [(String, Double, String)])
  func chinese(_ code: String, _ value: Double, _ text: String) {
    #expect(NumberFormat(code).text(forNumber: value) == text)
  }

  @Test("text, logical values, errors and formulas")
  func otherValues() {
    #expect(NumberFormat("@\"总工会\"").text(for: "沁阳市") == "沁阳市总工会")
    #expect(NumberFormat("0.00").text(for: "abc") == "abc")
    #expect(NumberFormat("0;0;0;\"<\"@\">\"").text(for: "abc") == "<abc>")
    #expect(NumberFormat("0;-0;;").text(for: "abc") == "")
    #expect(NumberFormat("0.00").text(for: true) == "TRUE")
    #expect(NumberFormat("0.00").text(for: .error(.divisionByZero)) == "#DIV/0!")
    #expect(NumberFormat("0.00").text(for: .formula("A1", cached: 2)) == "2.00")
    #expect(NumberFormat("0.00").text(for: .empty) == "")
    #expect(NumberFormat("").text(for: 5) == "")
  }

  @Test("the language decides about built-in dates")
  func language() {
    #expect(CompiledNumberFormat("mm-dd-yy", language: .chinese).text(for: 45_614) == "2024/11/18")
    #expect(
      CompiledNumberFormat("[$-F800]dddd\\,\\ mmmm\\ dd", language: .chinese).text(for: 45_614)
        == "2024年11月18日")
  }

  @Test("negative dates exist in the 1904 system only")
  func negativeDates() {
    #expect(NumberFormat("[h]:mm").text(for: -1.5, dateSystem: .excel1904) == "-36:00")
    #expect(NumberFormat("[h]:mm").text(for: -1.5) == "########")
  }

  @Test("no code and no number traps")
  func hostile() {
    let codes = [
      "", ";", ";;;;;;", "[", "]", "\"", "\\", "_", "*", "[>", "[>x]0", "[$", "[$-ZZZZ]0", "E+", "0E+", "E+0",
      "/", "?/", "/?",
      "0/0", "0/999999999999", "#/" + String(repeating: "#", count: 40), String(repeating: "0", count: 2000),
      "0." + String(repeating: "0", count: 2000), String(repeating: ",", count: 500) + "0",
      "0" + String(repeating: ",", count: 500),
      String(repeating: "%", count: 500) + "0", "[hhhhhhhhhhhhhhh]", "ss.000000000000", "[DBNum1]yyyy",
      "General0", "0General",
      "AM/PM", "[s]yyyy", "😀0", "0😀", "B1yyyy", "B", "0E+0.0", "0.0.0",
    ]
    let values = [
      0, 1, -1, 0.5, 1e15, 9e15, 1e300, -1e300, .leastNonzeroMagnitude, 2_958_465.999_999_999_9, .infinity,
      .nan, 60, 1e18,
    ]
    for code in codes {
      let format = CompiledNumberFormat(NumberFormat(code))
      for value in values {
        _ = format.text(forNumber: value)
        _ = format.text(forNumber: value, dateSystem: .excel1904)
      }
      _ = format.text(for: "x")
      _ = NumberFormat(code).temporalKind
    }
  }
}
