import Forms
import Testing

@Suite("Totals of a form")
struct CampaignEquationTests {
  private func form(rows: [Heading], columns: [Heading]) -> FormDefinition {
    FormDefinition(
      id: "f", label: "表", title: "表", deadline: .epoch, dueFrom: [], rows: rows, columns: columns,
      headLines: [])
  }

  @Test("a grand total where a total row and a total column cross has an equation along each")
  func bothAxes() {
    let form = form(
      rows: [Heading(name: "甲"), Heading(name: "乙"), Heading(name: "总计", totalOf: ["甲", "乙"])],
      columns: [Heading(name: "男"), Heading(name: "女"), Heading(name: "合计", totalOf: ["男", "女"])])
    #expect(form.equations.count == 6)
    #expect(
      form.equations.filter { $0.total == "总计/合计" } == [
        Equation(total: "总计/合计", parts: ["总计/男", "总计/女"], axis: .columns),
        Equation(total: "总计/合计", parts: ["甲/合计", "乙/合计"], axis: .rows),
      ])
    #expect(form.field("总计/合计")?.role == .total(of: ["总计/男", "总计/女"]))
    #expect(form.field("总计/男")?.role == .total(of: ["甲/男", "乙/男"]))
  }

  @Test("a total over groups adds their subtotals where it names them, their figures where it does not")
  func subtotals() {
    func groups(_ total: [String]) -> [Heading] {
      ["城区", "乡镇"].map { group in
        Heading(
          name: group,
          children: [Heading(name: "一"), Heading(name: "二"), Heading(name: "小计", totalOf: ["一", "二"])])
      } + [Heading(name: "总计", totalOf: total)]
    }
    let named = form(rows: [], columns: groups(["城区/小计", "乡镇/小计"]))
    #expect(named.field("总计")?.role == .total(of: ["城区/小计", "乡镇/小计"]))
    #expect(named.equations.map(\.total) == ["城区/小计", "乡镇/小计", "总计"])
    let plain = form(rows: [], columns: groups(["城区", "乡镇"]))
    #expect(plain.field("总计")?.role == .total(of: ["城区/一", "城区/二", "乡镇/一", "乡镇/二"]))
  }

  @Test("a total group adds like to like: 总计 over 场次 and 人数 of every kind")
  func totalGroups() {
    let kinds = ["甲", "乙"].map { Heading(name: $0, children: [Heading(name: "场次"), Heading(name: "人数")]) }
    let total = Heading(
      name: "总计", totalOf: ["甲", "乙"], children: [Heading(name: "场次"), Heading(name: "人数")])
    let form = form(rows: kinds + [total], columns: [])
    #expect(form.field("总计/人数")?.role == .total(of: ["甲/人数", "乙/人数"]))
    #expect(form.field("总计/场次")?.role == .total(of: ["甲/场次", "乙/场次"]))
  }

  @Test("three levels of columns keep every level's sum")
  func threeLevels() {
    let leafs = [Heading(name: "男"), Heading(name: "女"), Heading(name: "小计", totalOf: ["男", "女"])]
    let form = form(
      rows: [Heading(name: "人数")],
      columns: [
        Heading(
          name: "活动",
          children: [
            Heading(name: "线上", children: leafs), Heading(name: "线下", children: leafs),
            Heading(name: "合计", totalOf: ["线上", "线下"], children: leafs),
          ])
      ])
    let corner = form.equations.filter { $0.total == "人数/活动/合计/小计" }
    #expect(
      corner.map(\.parts) == [
        ["人数/活动/线上/小计", "人数/活动/线下/小计"], ["人数/活动/合计/男", "人数/活动/合计/女"],
      ])
  }
}
