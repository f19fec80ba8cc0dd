import XLSX

extension BlankForm {
  /// What may be typed into the open cells, with a word of help when one is selected.
  static func addValidations(_ geometry: FormGeometry, _ sheet: Worksheet) throws {
    var cells: [(measure: Measure, cells: [CellReference])] = []
    for field in geometry.form.fields where field.isInput && field.type != .number {
      if let validation = field.validation(geometry.cells(of: field)) { try sheet.addValidation(validation) }
    }
    for field in geometry.form.fields where field.isInput && field.type == .number {
      let own = geometry.lines(of: field)
      if let index = cells.firstIndex(where: { $0.measure == field.measure }) {
        cells[index].cells += own
      } else {
        cells.append((field.measure, own))
      }
    }
    for (measure, cells) in cells {
      try sheet.addValidation(validation(of: measure, cells: cells))
    }
    for line in geometry.lines {
      try sheet.addValidation(
        DataValidation([CellRange(line.value.first)], kind: .any, prompt: prompt(line.head, geometry.form)))
    }
  }

  /// What may be typed where a measure is counted.
  static func validation(of measure: Measure, cells: [CellReference]) -> DataValidation {
    DataValidation(
      CellRange.joining(cells), kind: measure.decimals == 0 ? .whole : .decimal,
      operator: .greaterThanOrEqual,
      formula1: "0", prompt: prompt(measure), error: error(measure))
  }

  private static func prompt(_ measure: Measure) -> DataValidation.Message {
    var text =
      measure.decimals == 0
      ? "请填写不小于0的整数，没有的填0，不要留空，不要写单位。"
      : "请填写不小于0的数，最多\(measure.decimals)位小数，没有的填0，不要留空，不要写单位。"
    if let example = example(measure) { text += example }
    return .init(title: "单位：\(measure.unit)", text: text)
  }

  private static func error(_ measure: Measure) -> DataValidation.Message {
    .init(
      title: "填写有误",
      text: "此格以“\(measure.unit)”为单位，应为不小于0的\(measure.decimals == 0 ? "整数" : "数")，没有的填0。"
        + (example(measure) ?? ""))
  }

  /// The one slip that a unit such as 万人次 invites is a figure in people.
  private static func example(_ measure: Measure) -> String? {
    guard measure.scale >= 10, measure.scale % 10 == 0, measure.decimals > 0 else { return nil }
    return "例如\(measure.scale / 10 * 8)\(measure.baseUnit)填0.8。"
  }

  private static func prompt(_ head: FormDefinition.HeadLine, _ form: FormDefinition)
    -> DataValidation.Message
  {
    let text =
      switch head.role {
      case .unit: "请填写单位全称，打印后加盖公章。"
      case .filledOn:
        "请填写日期，报送截止\(form.deadline.year)年\(form.deadline.month)月\(form.deadline.day)日。"
      case .filledBy: "请填写填报人姓名。"
      case .phone: "请填写手机号，或带区号的固定电话。"
      }
    return .init(title: head.label, text: text)
  }
}
