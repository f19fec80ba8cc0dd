/// The parameters of the rules for one form: the `rules:` section of its definition.
public struct RuleSettings: Hashable, Sendable {
  /// What a `rules:` section may name.
  public struct Context: Sendable {
    /// The form, complete but for its rules.
    public var form: FormDefinition
    public var units: [ReportingUnit]
    /// The groups that the campaign declares.
    public var groups: [String]

    public init(form: FormDefinition, units: [ReportingUnit], groups: [String]) {
      self.form = form
      self.units = units
      self.groups = groups
    }
  }

  public init() {}

  /// Reads a `rules:` section.
  ///
  /// - Throws: ``FormsError`` of code `campaign`, with file and line.
  public init(yaml: YAMLNode, context: Context) throws {
    _ = try yaml.mapping()
    self.init()
  }
}
