using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>Words for a name of the catalogue, such as <c>file/update[by-id]</c>.</summary>
/// <param name="Id">The name with dashes.</param>
/// <param name="Name">The name in words.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Tags">The parts of the name.</param>
internal sealed partial record TemplateWords(string Id, string Name, string Description, IReadOnlyList<string> Tags)
{
    private static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["abort"] = "Ends the run, as done or as failed.",
        ["agent"] = "Asks another bot, or works out a step of its own.",
        ["attachment"] = "Works with the files that are attached to the conversation.",
        ["blueprint"] = "Works with blueprints.",
        ["bot"] = "Works with the bots of the account.",
        ["conversation"] = "Works with conversations and their messages.",
        ["dataset"] = "Searches and changes the records of datasets.",
        ["echo"] = "Returns the text that it gets.",
        ["email"] = "Sends an e-mail.",
        ["fetch"] = "Calls an address on the internet.",
        ["file"] = "Works with the files of the account.",
        ["graphql"] = "Calls a GraphQL endpoint.",
        ["image"] = "Makes or changes a picture.",
        ["list"] = "Keeps a list during the conversation.",
        ["math"] = "Computes an expression.",
        ["memory"] = "Remembers facts, and finds them again.",
        ["pack"] = "Offers several functions of one service.",
        ["rating"] = "Rates conversations and messages.",
        ["search"] = "Searches the web.",
        ["space"] = "Works with spaces and the files in them.",
        ["task"] = "Works with tasks and their executions.",
        ["text"] = "Works with a text.",
        ["time"] = "Tells the time.",
        ["todo"] = "Keeps a list of what is to do.",
    };

    public static TemplateWords Of(string name)
    {
        var tags = Parts().Matches(name).Select(part => part.Value).Distinct(StringComparer.Ordinal).ToList();
        var words = string.Join(' ', tags).Replace('-', ' ');
        var sentence = Families.GetValueOrDefault(tags[0]) ?? "Is executed by the server.";
        return new TemplateWords(
            Separators().Replace(name, "-").Trim('-'), char.ToUpperInvariant(words[0]) + words[1..], $"{sentence} This form: {words}.", tags);
    }

    [GeneratedRegex("[A-Za-z0-9-]+")]
    private static partial Regex Parts();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators();
}
