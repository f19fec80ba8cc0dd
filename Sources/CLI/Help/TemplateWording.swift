import Forms

/// What `init` and `template` say.
enum TemplateWording {
  static func madeFolder(_ folder: String, _ campaign: Campaign, _ made: [String]) -> LocalizedText {
    LocalizedText(
      zh: "已建立“\(folder)”（\(campaign.title)）：\(made.joined(separator: " "))\n"
        + "下一步：进入该文件夹，用 huizong template --all-units -o 空白表 生成各单位的空白表",
      en: "made \"\(folder)\" for \(campaign.id): \(made.joined(separator: " "))\n"
        + "next: in that folder, huizong template --all-units -o 空白表")
  }

  static func wrote(_ names: [String], to path: String) -> LocalizedText {
    if names.count == 1, path.hasSuffix(names[0]) {
      return LocalizedText(zh: "已写入 \(path)", en: "wrote \(path)")
    }
    return LocalizedText(
      zh: "已在“\(path)”写入\(names.count)个文件：\n" + names.joined(separator: "\n"),
      en: "wrote \(names.count) files to \"\(path)\":\n" + names.joined(separator: "\n"))
  }

  static func noForm(_ name: String, _ campaign: Campaign) -> FormsError {
    let known = campaign.forms.map { "\($0.label)（\($0.id)）" } + campaign.targets.map(\.label)
    return FormsError(
      .input,
      LocalizedText(
        zh: "没有“\(name)”表，可用：\(known.joined(separator: "、"))",
        en: "there is no form \"\(name)\"; known: \(known.joined(separator: ", "))"))
  }

  static func noUnit(_ name: String, _ campaign: Campaign) -> FormsError {
    let near: [ReportingUnit] =
      switch UnitRegister(campaign).match(name) {
      case .ambiguous(let units), .unknown(let units): units
      default: []
      }
    let known = (near.isEmpty ? campaign.units : near).map(\.name)
    return FormsError(
      .input,
      LocalizedText(
        zh: "没有单位“\(name)”，\(near.isEmpty ? "可用" : "可能是")：\(known.joined(separator: "、"))",
        en:
          "there is no unit \"\(name)\"; \(near.isEmpty ? "known" : "perhaps"): \(known.joined(separator: ", "))"
      ))
  }

  static func noUnitTable(_ table: TargetTable) -> FormsError {
    FormsError(
      .input,
      LocalizedText(
        zh: "\(table.label)是各单位共用的一张表，不能按单位生成", en: "\(table.label) is one table for all units"))
  }
}
