import ArgumentParser
import Forms
import Foundation
import Web

/// `template`: blank workbooks to hand out.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "template", abstract: "生成空白表")

  @OptionGroup var global: GlobalOptions

  @Option(help: "a form by id or label, or an annex of targets by label")
  var form: String?

  @Option(help: "a unit whose name is filled in")
  var unit: String?

  @Flag(help: "a workbook for every unit")
  var allUnits = false

  @Option(name: .shortAndLong, help: "a folder, or a file ending in .xlsx")
  var output: String

  mutating func validate() throws {
    if unit != nil && allUnits {
      throw ValidationError(CommandLineWording.exclusive("--unit", "--all-units"))
    }
  }

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    try OutputGuard.check([output], against: [])
    let path = URL(fileURLWithPath: output)
    let set = TemplateSet(campaign)
    let written: [URL]
    if let form, let table = campaign.targetTable(form) {
      guard unit == nil, !allUnits else { throw TemplateWording.noUnitTable(table) }
      written = try set.write(table, to: path)
    } else {
      written = try set.write(forms(of: campaign), for: recipients(in: campaign), to: path)
    }
    global.record([LedgerEntry(.blanks, file: self.output, unit: unit, form: form, new: "\(written.count)")])
    Output.show(
      TemplateWording.wrote(written.map { $0.lastPathComponent }, to: output).text(in: global.language))
  }

  private func forms(of campaign: Campaign) throws -> [FormDefinition] {
    guard let form else { return campaign.forms }
    guard let definition = campaign.form(form) else { throw TemplateWording.noForm(form, campaign) }
    return [definition]
  }

  private func recipients(in campaign: Campaign) throws -> TemplateSet.Recipients {
    if allUnits { return .everyUnit }
    guard let unit else { return .anyone }
    if let known = campaign.unit(code: unit) { return .unit(known) }
    let match = UnitRegister(campaign).match(unit)
    guard let found = match.unit else { throw TemplateWording.noUnit(unit, campaign) }
    return .unit(found)
  }
}
