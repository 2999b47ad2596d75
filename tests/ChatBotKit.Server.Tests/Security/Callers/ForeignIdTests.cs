using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>
/// Every route that names something of an account, called by another account of the same family. What belongs to a relative looks like
/// something that does not exist, to the last character of the answer.
/// </summary>
public sealed class ForeignIdTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private const string Unknown = "cunknownunknownunknownunk";

    /// <summary>Parameters that the path may also name without an account: a channel is of whom names it, a key of the server.</summary>
    private static readonly string[] OfNobody = ["{channelId}", "{keyId}", "{workId}"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, string> Rows { get; } = new(
        AuthorizationTable.Mapped.Where(row => !row.IsAnonymous && Parameters(row).Any()).Select(row => row.Name),
        ["parent's by child", "child's by parent", "child's by sibling", "child's by parent as sibling"]);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Id_OfARelative_IsAnsweredLikeAnUnknownOne(string route, string who)
    {
        var row = AuthorizationTable.Routes[route];
        var isOfParent = who.StartsWith("parent's", StringComparison.Ordinal);
        // A child has neither users of its own nor tokens of the server.
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

        var answer = await SendAsync(row, foreign, caller, runAs);

        Assert.Equal(await SendAsync(row, unknown, caller, runAs), answer);
        Assert.StartsWith(row.IsForServerOwner ? "403 " : "404 ", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Parameters(AuthorizationRow row) => row.Path.Split('/').Where(IsParameter);

    private static bool IsParameter(string part) => part.StartsWith('{') && !OfNobody.Contains(part);

    /// <returns>Status and body.</returns>
    private async Task<string> SendAsync(AuthorizationRow row, string address, string secret, string? runAs)
    {
        using var request = new HttpRequestMessage(new HttpMethod(row.Verb), address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (runAs is not null)
            request.Headers.Add(ChildAccounts.IdHeader, runAs);
        if (row.Verb != "GET")
            request.Content = new StringContent(AuthorizationResources.BodyOf(row) ?? AuthorizationCalls.BodyOf(address), Encoding.UTF8, "application/json");
        using var answer = await server.Client.SendAsync(request, Token);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}";
    }
}
