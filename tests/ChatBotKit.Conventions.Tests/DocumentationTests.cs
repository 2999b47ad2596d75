using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>What the compiler cannot see: a summary that is there and says nothing.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Assemblies => ["ChatBotKit.Contracts", "ChatBotKit"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EverySummary_IsASentence(string assembly) =>
        Problems.AssertNone("summary that is no sentence", SummariesOf(assembly)
            .Where(member => member.Text.Split(' ').Length < 2 || member.Text[^1] != '.')
            .Select(member => $"{member.Name}: {member.Text}"));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void NoSummary_IsLeftOpen(string assembly) =>
        Problems.AssertNone("summary with a place holder", SummariesOf(assembly)
            .Where(member => member.Text.Contains("TODO", StringComparison.Ordinal) || member.Text.Contains("...", StringComparison.Ordinal))
            .Select(member => $"{member.Name}: {member.Text}"));

    private static IEnumerable<(string Name, string Text)> SummariesOf(string assembly) =>
        from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member")
        let summary = member.Element("summary")
        where summary is not null
        select ((string)member.Attribute("name")!, TextOf(summary));

    // References stand for the words that they show.
    private static string TextOf(XElement summary) => string.Join(' ', string.Concat(summary.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } => "x",
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
