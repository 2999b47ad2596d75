using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>One server for all rows, with the calling accounts. Each row creates the resources that it changes.</summary>
public sealed class AuthorizationServer : IAsyncLifetime
{
    internal ServerFactory Server { get; private set; } = null!;

    /// <summary>A client without a credential.</summary>
    internal HttpClient Client { get; private set; } = null!;

    internal string OwnerAccountId { get; private set; } = null!;

    internal string StrangerAccountId { get; private set; } = null!;

    internal string StrangerSecret { get; private set; } = null!;

    internal string ChildAccountId { get; private set; } = null!;

    internal string ChildSecret { get; private set; } = null!;

    internal string RevokedSecret { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The tests do not need durability, and all visitors have one address.
        Server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["CHATBOTKIT_SQLITE_SYNCHRONOUS"] = "NORMAL",
            ["CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE"] = "0",
        });
        Client = Server.Client(credential: null);
        OwnerAccountId = await Server.OwnerAccountIdAsync();
        StrangerAccountId = (await Server.AddAccountAsync()).Id;
        StrangerSecret = await Server.CreateApiTokenAsync(StrangerAccountId);
        (ChildAccountId, ChildSecret) = await Server.AddUserAsync();
        RevokedSecret = await Server.CreateApiTokenAsync(OwnerAccountId);
        var revoked = (await Server.FindTokenAsync(RevokedSecret)).Id;
        await Server.Store.ExecuteAsync("""UPDATE "ApiTokens" SET "RevokedAt" = 5 WHERE "Id" = $1""", revoked);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    internal T Service<T>()
        where T : notnull => Server.App.Services.GetRequiredService<T>();

    internal async Task<string> SignAsync(SessionRow session) => await Service<SessionTokens>().MintAsync(session, Token);

    /// <summary>Stores a conversation with one resource of each kind that a path can have below it.</summary>
    internal async Task AddAsync(AuthorizationWorld world)
    {
        await Server.Store.CommitAsync(new()
        {
            Conversation = new() { Id = world.ConversationId, AccountId = world.AccountId, CreatedAt = 1, UpdatedAt = 1 },
            Session = world.Session,
            Messages = [world.NewMessage()],
            StartedRun = world.NewRun(),
        });
        foreach (var session in world.Others)
            await Server.Store.CommitAsync(new() { Session = session });
    }
}
