using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>
/// Calls every route with an id of an account from another account of the same family. A resource of a related account gets exactly
/// the same response as one that does not exist.
/// </summary>
public sealed class ForeignIdTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private const string Unknown = "cunknownunknownunknownunk";

    /// <summary>Parameters that belong to no account: channels are scoped by the caller, keys and due work belong to the server, and reports are everybody's.</summary>
    private static readonly string[] OfNobody = ["{channelId}", "{keyId}", "{workId}", "{reportId}", .. AuthorizationTable.Entries.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, string> Rows { get; } = new(
        AuthorizationTable.Mapped.Where(row => !row.IsAnonymous && !row.IsForVisitors && Parameters(row).Any()).Select(row => row.Name),
        ["parent's by child", "child's by parent", "child's by sibling", "child's by parent as sibling"]);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Id_OfARelative_IsAnsweredLikeAnUnknownOne(string route, string who)
    {
        var row = AuthorizationTable.Routes[route];
        var isOfParent = who.StartsWith("parent's", StringComparison.Ordinal);
        // A child account has no users and no tokens of the server.
        if (!isOfParent && (row.Names("userId") || row.IsForServerOwner))
            return;
        var (accountId, secret) = isOfParent ? (server.OwnerAccountId, ServerFactory.OwnerSecret) : (server.ChildAccountId, server.ChildSecret);
        var sibling = await server.Server.AddUserAsync();
        var world = new AuthorizationWorld(accountId, AuthorizationWorld.AllPermissions);
        await server.AddAsync(world);
        using var owner = server.Server.Client(secret);
        var foreign = await server.AddressAsync(row, world, owner);
        var unknown = string.Join('/', row.Path.Split('/').Zip(foreign.Split('/'), (part, value) => IsParameter(part) ? Unknown : value));
        var (caller, runAs) = who switch
        {
            "parent's by child" => (server.ChildSecret, null),
            "child's by parent" => (ServerFactory.OwnerSecret, null),
            "child's by sibling" => (sibling.Secret, null),
            _ => (ServerFactory.OwnerSecret, sibling.Id),
        };

        var answer = await WholeAnswerAsync(row, foreign, caller, runAs);

        Assert.Equal(await WholeAnswerAsync(row, unknown, caller, runAs), answer);
        Assert.StartsWith(row.IsForServerOwner ? "403 " : "404 ", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Parameters(AuthorizationRow row) => row.Path.Split('/').Where(IsParameter);

    private static bool IsParameter(string part) => part.StartsWith('{') && !OfNobody.Contains(part);

    /// <returns>The status and the body.</returns>
    private async Task<string> WholeAnswerAsync(AuthorizationRow row, string address, string secret, string? runAs)
    {
        object? body = row.Verb == "GET" ? null : AuthorizationResources.BodyOf(row) ?? AuthorizationCalls.BodyOf(address);
        using var answer = await server.Client.SendAsync(
            new HttpMethod(row.Verb), address, body, token: secret, headers: runAs is null ? [] : [(ChildAccounts.IdHeader, runAs)]);
        return $"{(int)answer.StatusCode} {await answer.TextAsync()}";
    }
}
