using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>One server for all tests of a class. Its clock stands still, and each test has an account of its own.</summary>
public sealed class ResourceServer : IAsyncLifetime
{
    /// <summary>The kinds by their names, as rows of a theory.</summary>
    internal static IReadOnlyList<ResourceKind> Kinds { get; } = Server.Features.ResourceDeclarations.All;

    internal static ResourceOperations Operations { get; } = ResourceOperations.Read();

    internal FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    internal ServerFactory Factory { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Factory = await ServerFactory.StartAsync(
        time: Time, settings: new Dictionary<string, string?>
        {
            ["CHATBOTKIT_SQLITE_SYNCHRONOUS"] = "NORMAL",
            // So that "moderation" of a bot may be true. No message is moderated here.
            ["CHATBOTKIT_MODERATION_MODEL"] = "moderation",
            ["CHATBOTKIT_MODERATION_URL"] = "http://localhost:1/v1",
        });

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    internal T Service<T>()
        where T : notnull => Factory.App.Services.GetRequiredService<T>();

    /// <summary>Creates a new account.</summary>
    /// <param name="parent">The parent account; null for an account without one.</param>
    internal async Task<ResourceWorld> WorldAsync(ResourceWorld? parent = null)
    {
        if (parent is not null)
        {
            var user = await Factory.AddUserAsync(parent.Client);
            return new ResourceWorld(Factory.Client(user.Secret), user.Id);
        }

        var account = await Factory.AddAccountAsync();
        return new ResourceWorld(Factory.Client(await Factory.CreateApiTokenAsync(account.Id)), account.Id);
    }

    /// <summary>Returns the rows of a theory over the kinds that meet a condition.</summary>
    internal static TheoryData<string> Rows(Func<ResourceKind, bool>? condition = null) =>
        [.. Kinds.Where(kind => condition?.Invoke(kind) ?? true).Select(kind => kind.Name)];

    internal static ResourceKind Kind(string name) => Kinds.Single(kind => kind.Name == name);
}
