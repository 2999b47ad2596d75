using System.Reflection;
using ChatBotKit.Testing;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>The packages have exactly their declared dependencies.</summary>
public sealed class PackageTests
{
    [Fact]
    public void ExtensionsAI_References_TheSdkAndTheAbstractions() =>
        Assert.Equal(
            ["ChatBotKit", "ChatBotKit.Contracts", "Microsoft.Extensions.AI.Abstractions"], References(typeof(ChatBotKitChatClient).Assembly));

    [Fact]
    public void Testing_References_TheSdk() =>
        Assert.Equal(["ChatBotKit", "ChatBotKit.Contracts"], References(typeof(ScriptedApi).Assembly));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(name => name.Name!)
        .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
