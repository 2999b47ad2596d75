using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks that the documentation of the packages uses the words of .NET's documentation.</summary>
public sealed class WordingTests
{
    private static readonly string[] OtherVerbs = ["Makes ", "Has the ", "Has a ", "Says that ", "Begins to ", "Finds out ", "Gives the value "];

    // Words that readers had to read twice: riddles, and verbs with an unusual meaning.
    private static readonly string[] Riddles =
    [
        "awaited one page", "awaited the", "awaited all", "whoever", "patient", "anew", "in vain", "for ever", "mostly", "good until", "by itself",
        "by themselves", "free data", "servers know it", "does not tell", "with commas between", "lists were asked for", "what it is like",
        "nothing else is asked for",
    ];

    public static TheoryData<string> Assemblies => [.. XmlDocs.Assemblies];

    /// <summary>A primary constructor has the summary of its type; all others begin with the words of .NET.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EveryConstructor_Initializes_ANewInstance(string assembly)
    {
        var types = XmlDocs.MembersOf(assembly).Where(member => Name(member).StartsWith("T:", StringComparison.Ordinal)).ToDictionary(Name, Summary);

        Problems.AssertNone("constructor that is described otherwise",
            from member in XmlDocs.MembersOf(assembly)
            let name = Name(member)
            where name.StartsWith("M:ChatBotKit.", StringComparison.Ordinal) && name.Contains(".#ctor", StringComparison.Ordinal)
            where member.Element("summary") is not null
            let type = $"T:{name[2..name.IndexOf(".#ctor", StringComparison.Ordinal)]}"
            where types.GetValueOrDefault(type) != Summary(member)
            where !Summary(member).StartsWith("Initializes a new instance of the ", StringComparison.Ordinal)
            select Describe(member));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EveryCancellationToken_IsTheTokenThatCancelsTheRequest(string assembly) =>
        Problems.AssertNone("token that is described otherwise",
            from member in XmlDocs.MembersOf(assembly)
            from parameter in member.Elements("param")
            where (string?)parameter.Attribute("name") == "cancellationToken"
            where XmlDocs.TextOf(parameter) != "The token that cancels the request."
            select $"{Name(member)}: {XmlDocs.TextOf(parameter)}");

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EverySummary_BeginsWithTheVerbOfDotNet(string assembly) =>
        Problems.AssertNone("summary with a verb of our own", XmlDocs.MembersOf(assembly)
            .Where(member => OtherVerbs.Any(verb => Summary(member).StartsWith(verb, StringComparison.Ordinal)))
            .Select(Describe));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void NoText_IsARiddle(string assembly) =>
        Problems.AssertNone("text with words that a stranger reads twice",
            from member in XmlDocs.MembersOf(assembly)
            from element in member.Elements()
            let text = XmlDocs.TextOf(element)
            from riddle in Riddles
            where Regex.IsMatch(text, $@"\b{riddle}\b", RegexOptions.IgnoreCase)
            select $"{Name(member)} says \"{riddle}\": {text}");

    private static string Name(XElement member) => (string)member.Attribute("name")!;

    private static string Summary(XElement member) => XmlDocs.TextOf(member.Element("summary"));

    private static string Describe(XElement member) => $"{Name(member)}: {Summary(member)}";
}
