/// The words around figures. They are the language's, not a notice's; a measure's own units come from the campaign.
enum FigureWords {
  /// In front of a figure that is not exact.
  static let approximatePrefixes = words(
    "大约 约为 约 将近 接近 近 大概 差不多 不少于 不低于 不下 至少 超过 超 逾 多于 高于 不足 不到 不超过 最多 少于 低于 预计 估计 "
      + "> >= < <= ≥ ≤ ≈ ~ ～ 〜")
  /// Behind a figure that is not exact.
  static let approximateSuffixes = words("左右 上下 以上 以下 以内 余 多 来 许 不等 之多 + 约 估 预计 估计 大约")
  /// In front of a figure, without changing it.
  static let neutralPrefixes = words("共计 合计 累计 总计 总共 共有 共 计 达到 达 为 有 = :")
  /// In front of an amount of money.
  static let currencies = words("¥ ￥ RMB rmb CNY 人民币")
  /// Behind a figure, without changing it.
  static let neutralSuffixes = words("个 整")
  private static let zeros: Set<String> = [
    "无", "無", "没有", "沒有", "未开展", "没开展", "无开展", "暂无", "暂未开展", "尚未开展", "未举办", "未组织", "未进行", "无活动", "未开展活动",
    "没有开展", "无此项", "无此项活动", "/", "\\", "∕", "╱", "nil", "none",
  ]

  /// Whether a text says that there was nothing: 无, a stroke, a dash.
  static func isZero(_ scalars: [Unicode.Scalar], measure: Measure) -> Bool {
    let plain = scalars.filter { $0 != " " }
    if plain.allSatisfy(isDash) { return true }
    if plain.allSatisfy({ $0 == "/" }) { return true }
    let text = String(plain).lowercased()
    if zeros.contains(text) { return true }
    // 无人次, 没有场次: the word and the measure.
    for word in ["没有", "无"] where text.hasPrefix(word) {
      return FigureUnits(measure).conversion(of: Array(text.dropFirst(word.count).unicodeScalars)) != nil
    }
    return false
  }

  static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "—", "–", "―", "─", "━", "−", "﹣", "‐", "‑", "‒", "ー", "﹘": true
    default: false
    }
  }

  /// Longest first, so that 不超过 is not taken for 不.
  private static func words(_ list: String) -> [[Unicode.Scalar]] {
    list.split(separator: " ").map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
  }
}

/// The units of measure that may stand behind a figure of one measure.
struct FigureUnits {
  private let direct: [String]
  private let base: String
  var isMoney: Bool { base == "元" }
  /// The power of ten of the measure's scale; `nil` if the scale is none.
  let scalePower: Int?

  init(_ measure: Measure) {
    direct = ([measure.unit] + measure.unitAliases).map { LabelText.key($0) }.filter { !$0.isEmpty }
    base = LabelText.key(measure.baseUnit)
    scalePower = Self.powerOfTen(measure.scale)
  }

  /// The power of ten that turns a figure with this unit into the measure's own, or `nil` for a foreign unit.
  ///
  /// 次 may be missing or added: 篇 is 篇次, 场次 is 场.
  func conversion(of unit: [Unicode.Scalar]) -> Int? {
    let key = LabelText.key(String(unit))
    guard !key.isEmpty else { return nil }
    if direct.contains(where: { Self.same($0, key) }) { return 0 }
    guard let scalePower else { return nil }
    if Self.same(base, key) { return -scalePower }
    // The figure has already taken the 万 of 万人, an alias of 万人次.
    guard scalePower > 0 else { return nil }
    for alias in direct {
      if let first = alias.unicodeScalars.first, Numeral.multiplier(first) == scalePower,
        Self.same(String(alias.dropFirst()), key)
      {
        return -scalePower
      }
    }
    return nil
  }

  private static func same(_ a: String, _ b: String) -> Bool {
    a == b || a + "次" == b || a == b + "次"
  }

  private static func powerOfTen(_ scale: Int) -> Int? {
    var rest = scale
    var power = 0
    while rest > 1, rest % 10 == 0 {
      rest /= 10
      power += 1
    }
    return rest == 1 ? power : nil
  }
}
