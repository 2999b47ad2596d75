using System.Reflection;

namespace ChatBotKit.Conventions.Tests;

public sealed class SdkSurfaceTests
{
    public static TheoryData<string> Clients() =>
        [.. typeof(ChatBotKitClient).Assembly.GetExportedTypes().Where(IsClient).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Clients))]
    public void EveryOperation_CanBeOverridden_AndTakesATokenLast(string client)
    {
        foreach (var method in Operations(client))
        {
            Assert.True(method.IsVirtual, $"{client}.{method.Name} is not virtual");
            Assert.Equal(typeof(CancellationToken), method.GetParameters().LastOrDefault()?.ParameterType);
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void EveryClient_CanBeMade_FromOptionsAndFaked(string client)
    {
        var type = TypeOf(client);

        Assert.NotNull(type.GetConstructor([typeof(ChatBotKitClientOptions)]));
        Assert.True(type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])?.IsFamily, $"{client} has no protected constructor");
        Assert.False(type.IsSealed);
    }

    private static IEnumerable<MethodInfo> Operations(string client) =>
        TypeOf(client).GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal));

    private static Type TypeOf(string client) =>
        typeof(ChatBotKitClient).Assembly.GetExportedTypes().Single(type => type.Name == client);

    private static bool IsClient(Type type) => type.IsSubclassOf(typeof(ChatBotKitClient)) && !type.IsAbstract;
}
