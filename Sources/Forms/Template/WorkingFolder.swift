import Foundation

/// The folder in which an office works through a year: the campaign, and a place for each step.
public enum WorkingFolder {
  /// The campaign file of a working folder.
  public static let campaignFile = "活动.yaml"
  public static let blanks = "空白表"
  public static let inbox = "收件"
  public static let returned = "退回"
  public static let merged = "汇总"
  /// Inside ``inbox``: what came in and was moved aside, and does not count.
  public static let removed = "移出"
  /// The lists of decisions that the office keeps.
  public static let corrections = "更正.xlsx"
  public static let explanations = "核实说明.xlsx"

  static var folders: [String] { [blanks, inbox, returned, merged] }

  /// Lays out a working folder. What is there already stays as it is, and a campaign file is never overwritten.
  ///
  /// - Parameters:
  ///   - folder: Made if it is not there.
  ///   - campaign: What the folder's campaign stands on.
  ///   - reference: How its campaign file names that one: a built-in id, or a path.
  ///   - text: What its campaign file says; `nil` for one that changes nothing.
  /// - Returns: What was made, as paths below `folder`.
  /// - Throws: ``FormsError`` of code `output` if there is a campaign file already, or something cannot be written.
  public static func create(
    at folder: URL, campaign: Campaign, reference: String, text: String? = nil
  ) throws -> [String] {
    let file = folder.appendingPathComponent(campaignFile)
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "已有\(campaignFile)，不会覆盖；要重新开始请另选文件夹",
          en: "there is a \(campaignFile) already, which is not overwritten; choose another folder"),
        file: folder.relativePath)
    }
    let batch = OutputBatch()
    var made: [String] = []
    try batch.makeFolder(folder.path)
    for name in folders {
      let path = folder.appendingPathComponent(name)
      if !FileManager.default.fileExists(atPath: path.path) { made.append(name + "/") }
      try batch.makeFolder(path.path)
    }
    try batch.write(text ?? campaignText(campaign, reference: reference), to: file.path)
    try batch.commit()
    return [campaignFile] + made
  }

  /// A campaign file that takes over all of another campaign and shows, as comments, how to change what changes most.
  package static func campaignText(_ campaign: Campaign, reference: String) -> String {
    let year = campaign.year + 1
    let deadlines = campaign.forms.map { form in
      "#   \(form.label): \(year)\(form.deadline.description.dropFirst(4))"
    }
    let unit = campaign.units.first?.name ?? ""
    let last = campaign.units.last { !campaign.outsideUnits.contains($0.code) }?.name ?? unit
    var lines = [
      "# 本文件夹所用的活动。单位、表样、指标、规则都取自下面这个活动，这里只写与它不同的地方。",
      "# 要改哪一项，就去掉该段行首的“# ”再改；改错了会提示文件名和行号。",
      "extends: \(quoted(reference))",
      "",
      "# 换年度：年度和截止日期要一起改，标题中的年份自动跟着变。",
      "# id: \(campaign.id.trimmingYear)-\(year)",
      "# year: \(year)",
      "# deadlines:",
    ]
    lines += deadlines
    lines += [
      "",
      "# 单位的其他叫法：写在全称后面的方括号里，用逗号隔开。",
      "# aliases:",
      "#   \(unit): [\(unit)办公室]",
    ]
    lines += [
      "",
      "# 单位改名（旧名称仍认，指标跟着走）、新增、去掉：",
      "# rename: {\(unit): \(unit)（新名称）}",
      "# add: [新单位全称]",
      "# drop: [\(last)]",
    ]
    if let table = campaign.targets.first, let code = table.order.first, let unit = campaign.unit(code: code)
    {
      lines += [
        "",
        "# 指标：只写要改的单位，总计自动跟着变。",
        "# targets:",
        "#   \(table.label): {\(unit.name): \(table.targets[code] ?? 0)}",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A path as a YAML text in single quotes, where it could be taken for something else.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./".unicodeScalars.contains($0)
    }
    return isPlain && text.first?.isLetter == true
      ? text : "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
  }
}

extension String {
  /// `jiaozuo` of `jiaozuo-2024`.
  fileprivate var trimmingYear: String {
    let parts = split(separator: "-")
    guard parts.count > 1, let last = parts.last, last.count == 4, Int(last) != nil else { return self }
    return parts.dropLast().joined(separator: "-")
  }
}
