using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks the direction of dependencies between the folders of the server: each uses only folders before it in the list.</summary>
public sealed partial class FolderTests
{
    private const string Server = "src/ChatBotKit.Server";

    /// <summary>From the folder that uses no other to the one that uses all.</summary>
    private static readonly string[] Order =
    [
        "Errors", "Json", "Configuration", "Timers", "Changes", "Data", "Knowledge", "ModelProviders", "Security", "RunLog",
        "ConversationEngine", "Http", "DueWork", "Resources", "Integrations", "Features", "Hosting",
    ];

    [Fact]
    public void EveryFolder_HasItsPlace_InTheOrder() =>
        Assert.Equal(
            Order.Order(StringComparer.Ordinal),
            Files().Select(FolderOf).Where(folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void NoFolder_Uses_OneThatComesLater() => Problems.AssertNone(
        "folder that uses a later one",
        from path in Files()
        let folder = FolderOf(path)
        where folder.Length > 0
        from used in UsedFolders(Repository.Read(path))
        where Array.IndexOf(Order, used) > Array.IndexOf(Order, folder)
        select $"{path} uses {used}");

    [Fact]
    public void EveryNamespace_BeginsWith_ItsFolder() => Problems.AssertNone(
        "namespace of another folder",
        from path in Files()
        let folder = FolderOf(path)
        where folder.Length > 0
        let name = Namespace().Match(Repository.Read(path)).Groups[1].Value
        where !$"{name}.".StartsWith($"ChatBotKit.Server.{folder}.", StringComparison.Ordinal)
        select $"{path} is in {name}");

    private static IEnumerable<string> Files() => Repository.SourceFiles(Server);

    private static string FolderOf(string path)
    {
        var parts = path[(path.IndexOf(Server, StringComparison.Ordinal) + Server.Length + 1)..].Split('/');
        return parts.Length > 1 ? parts[0] : "";
    }

    private static IEnumerable<string> UsedFolders(string source) =>
        Used().Matches(source).Select(match => match.Groups[1].Value).Where(Order.Contains).Distinct();

    // Matches a using, and a qualified name even from inside the namespace.
    [GeneratedRegex(@"\b(?:ChatBotKit\.Server\.|using (?:static )?ChatBotKit\.Server\.)(\w+)")]
    private static partial Regex Used();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
