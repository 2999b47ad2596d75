using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

public sealed partial class DependencyTests
{
    private const string Features = "ChatBotKit.Server.Features";

    [Fact]
    public void Contracts_References_OnlyTheFramework() =>
        Assert.DoesNotContain(References(typeof(IdResponse).Assembly), name => !IsFramework(name));

    [Fact]
    public void Sdk_References_OnlyContractsAndPolly() =>
        Assert.Equal(["ChatBotKit.Contracts", "Polly.Core"], References(typeof(ChatBotKitClient).Assembly).Where(name => !IsFramework(name)).Order());

    [Fact]
    public void Server_References_NoSdk() =>
        Assert.DoesNotContain("ChatBotKit", References(typeof(Server.Hosting.ChatBotKitServer).Assembly));

    [Fact]
    public void AddOns_Reference_TheSdkAndOneAnother_Alone()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "ChatBotKit.Extensions.*.csproj", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, path => Assert.All(
            XDocument.Load(path).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)),
            name => Assert.True(name == "ChatBotKit" || name.StartsWith("ChatBotKit.Extensions.", StringComparison.Ordinal), $"{path} references {name}")));
    }

    [Fact]
    public void Features_AreUsedBy_HostingAlone()
    {
        var users = Repository.SourceFiles("src/ChatBotKit.Server")
            .Where(path => !path.StartsWith("src/ChatBotKit.Server/Features/", StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Contains($"using {Features}", StringComparison.Ordinal));

        Assert.All(users, path => Assert.StartsWith("src/ChatBotKit.Server/Hosting/", path, StringComparison.Ordinal));
    }

    [Fact]
    public void Widget_IsUsedBy_HostingAlone()
    {
        var users = Repository.SourceFiles("src/ChatBotKit.Server")
            .Where(path => Repository.Read(path).Contains("ChatBotKit.Widget", StringComparison.Ordinal));

        Assert.All(users, path => Assert.StartsWith("src/ChatBotKit.Server/Hosting/", path, StringComparison.Ordinal));
        Assert.DoesNotContain(References(typeof(Widget.WidgetFiles).Assembly), name => name.StartsWith("ChatBotKit", StringComparison.Ordinal));
    }

    [Fact]
    public void Console_IsUsedBy_HostingAlone_AndUsesTheSdkAlone()
    {
        var users = Repository.SourceFiles("src/ChatBotKit.Server")
            .Where(path => Repository.Read(path).Contains("ChatBotKit.AdminConsole", StringComparison.Ordinal));

        Assert.All(users, path => Assert.StartsWith("src/ChatBotKit.Server/Hosting/", path, StringComparison.Ordinal));
        Assert.Equal(
            ["ChatBotKit", "ChatBotKit.Contracts"],
            References(typeof(AdminConsole.ConsoleApp).Assembly).Where(name => name.StartsWith("ChatBotKit", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Sql_StandsInTheFolderOfData_Alone()
    {
        var others = Repository.SourceFiles("src/ChatBotKit.Server")
            .Where(path => !path.StartsWith("src/ChatBotKit.Server/Data/", StringComparison.Ordinal))
            // The files of indexes and vectors, which are not part of the store.
            .Where(path => !path.StartsWith("src/ChatBotKit.Server/Knowledge/Index/", StringComparison.Ordinal)
                && !path.StartsWith("src/ChatBotKit.Server/Knowledge/Vectors/", StringComparison.Ordinal));

        Assert.All(others, path => Assert.DoesNotMatch(Sql(), Repository.Read(path)));
    }

    [GeneratedRegex("""SELECT [a-z"\\({]|INSERT INTO|UPDATE \\?"|DELETE FROM|Microsoft\.Data\.Sqlite\.SqliteCommand|CreateCommand\(""")]
    private static partial Regex Sql();

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib"
        || name.StartsWith("Microsoft.Win32", StringComparison.Ordinal);
}
