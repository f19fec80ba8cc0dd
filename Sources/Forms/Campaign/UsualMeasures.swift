/// The measures that everybody knows, 元 and 万元 and 人次 among them: `Templates/measures.yaml`.
enum UsualMeasures {
  /// Their settings by their names.
  static let settings: [String: YAMLNode] =
    YAMLReader.builtin("measures.yaml") { Dictionary(uniqueKeysWithValues: try $0.mapping().pairs) } ?? [:]
  /// Their names as texts are compared.
  static let keys = Set(settings.keys.map { LabelText.key($0) })

  /// They as forms have them, by their names as texts are compared.
  static let measures: [String: Measure] = {
    var measures: [String: Measure] = [:]
    for (name, node) in settings {
      guard let map = try? node.mapping() else { continue }
      measures[LabelText.key(name)] = Measure(
        unit: name, scale: (try? map["scale"]?.int()) ?? 1, baseUnit: try? map["baseUnit"]?.string(),
        unitAliases: (try? map["unitAliases"]?.strings()) ?? [])
    }
    return measures
  }()
}
