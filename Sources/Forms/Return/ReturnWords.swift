/// What the page of a return says around its list, whatever the file's format is.
struct ReturnWords {
  let item: ReturnCase
  let due: CalendarDate
  let campaign: Campaign

  var units: String { item.units.isEmpty ? "（未能识别填报单位）" : item.units.joined(separator: "、") }

  /// `报表：附件2《…》`, and the file that it is about.
  var source: String {
    let forms = item.formNames
    return (forms.isEmpty ? "" : "报表：\(forms)\n") + "原文件：\(ReturnSheet.lastPart(of: item.file.file))"
  }

  /// `错误2处，核实1处`
  var counts: String {
    [Severity.error, .warning, .info].filter { item.count($0) > 0 }
      .map { "\($0.word.chinese)\(item.count($0))处" }.joined(separator: "，")
  }

  var note: String {
    let text: Correspondence.Text =
      switch item.kind {
      case .copy: .copy
      case .rendering: .rendering
      case .notice: .notice
      }
    let labels = item.forms.map(\.label).joined(separator: "、")
    return campaign.correspondence.fill(
      text,
      [
        "unit": item.units.joined(separator: "、"), "forms": labels.isEmpty ? "报表" : labels,
        "due": due.longText, "office": campaign.office, "file": ReturnSheet.lastPart(of: item.file.file),
      ])
  }
}
