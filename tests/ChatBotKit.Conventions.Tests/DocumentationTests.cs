using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks what the compiler does not: that a summary has content.</summary>
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

    // A reference counts with the words that it shows.
    private static string TextOf(XElement summary) => string.Join(' ', string.Concat(summary.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } => "x",
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
