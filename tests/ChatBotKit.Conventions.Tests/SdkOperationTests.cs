namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the requests of the SDK with the table of the published API.</summary>
public sealed class SdkOperationTests
{
    [Fact]
    public async Task Sdk_Covers_EveryOperation() =>
        Problems.AssertNone("operation without a method", (await SdkCalls.MissingAsync())
            .Where(difference => !SpecTables.Exceptions.Any(exception => exception.Covers(difference)))
            .Select(difference => difference.ToString()));

    [Fact]
    public async Task EveryMethod_Calls_AnOperation()
    {
        var known = SpecTables.Official.Concat(SpecTables.Own).Select(operation => operation.Call).ToHashSet();

        Problems.AssertNone("method without an operation", (await SdkCalls.AllAsync())
            .Where(call => call.Call is null || !known.Contains(call.Call))
            .Select(call => $"{call.Name} sends {call.Call ?? $"nothing ({call.Problem})"}"));
    }

    [Fact]
    public async Task EveryOperation_HasOneMethod_WithItsVariants() =>
        Problems.AssertNone("operation with several methods", (await SdkCalls.ByOperationAsync())
            .Select(calls => (calls.Key, Names: calls.Select(call => call.Name).Distinct().Order(StringComparer.Ordinal).ToList()))
            .Where(found => !found.Names.All(name => IsVariant(name, found.Names.MinBy(other => other.Length)!)))
            .Select(found => $"{found.Key.Name}: {string.Join(", ", found.Names)}"));

    [Fact]
    public void EveryClient_IsReached_FromTheWholeApi()
    {
        var reached = SdkCalls.ClientsOf(new ChatBotKitApi(new ChatBotKitClientOptions())).Select(found => found.Client.GetType()).ToHashSet();

        Problems.AssertNone("client that no property gives", typeof(ChatBotKitClient).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(ChatBotKitClient)) && !type.IsAbstract && type != typeof(ChatBotKitApi) && !reached.Contains(type))
            .Select(type => type.Name));
    }

    private static bool IsVariant(string name, string shortest) =>
        name.StartsWith(shortest[..^"Async".Length], StringComparison.Ordinal);
}
