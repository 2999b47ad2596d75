using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>A session has exactly the permissions that it was created with.</summary>
public sealed class PermissionAlgebraTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private static readonly Gen<SessionPermissions> Permissions =
        Gen.Int[0, (int)SessionPermissions.All].Select(flags => (SessionPermissions)flags);

    private static readonly Gen<string[]> Names = Gen.OneOf(Gen.OneOf(AuthorizationWorld.AllPermissions.ToArray()), Gen.String).Array[0, 20];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_OfPermissions_AreReadAsTheSame()
    {
        for (var flags = SessionPermissions.None; flags <= SessionPermissions.All; flags++)
            Assert.Equal(flags, Parse(SessionPermissionNames.Of(flags)));
    }

    [Fact]
    public void Name_ThatNobodyKnows_GrantsNothing() => Gen.OneOf(Gen.String, Near).Where(name => !AuthorizationWorld.AllPermissions.Contains(name)).Sample(name =>
    {
        Assert.Null(SessionPermissionNames.Find(name));
        Assert.Equal(SessionPermissions.None, Parse([name]));
    });

    [Fact]
    public void Names_Together_GrantWhatEachGrants() => Gen.Select(Names, Names).Sample((some, others) =>
    {
        Assert.Equal(Parse(some) | Parse(others), Parse([.. some, .. others]));
        Assert.Equal(Parse(some), Parse([.. some, .. some]));
        Assert.Equal(Parse(some), Parse([.. some.Reverse()]));
        Assert.Equal(SessionPermissions.None, Parse([.. some.Except(others)]) & ~Parse(some));
    });

    [Fact]
    public async Task Session_OpensExactlyTheRoutes_ThatItsPermissionsName() => await Permissions.SampleAsync(
        async permissions =>
        {
            var names = SessionPermissionNames.Of(permissions);
            var expected = AuthorizationTable.Mapped
                .Where(row => row.IsForSessions && (row.Permission is null || names.Contains(row.Permission)))
                .Select(row => row.Route);

            Assert.Equal(expected.Order(), (await OpenRoutesAsync(permissions)).Order());
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task Session_WithFewerPermissions_OpensNoOtherRoute() => await Gen.Select(Permissions, Permissions).SampleAsync(
        async (many, some) => Assert.Subset(
            (await OpenRoutesAsync(many)).ToHashSet(), (await OpenRoutesAsync(many & some)).ToHashSet()),
        iter: 50,
        threads: 1);

    [Fact]
    public async Task Refresh_ChangesNothingOfTheTerms()
    {
        var limit = Gen.Int[5, 1000];

        await Gen.Select(Permissions.Where(flags => flags != SessionPermissions.None), limit, limit, Gen.Bool, Gen.Bool).SampleAsync(
            async (permissions, messages, requests, isBound, hasContact) =>
            {
                var names = SessionPermissionNames.Of(permissions);
                var world = new AuthorizationWorld(server.OwnerAccountId, names)
                {
                    Limits = $$"""{"messages":{{messages}},"requestsPerMinute":{{requests}}}""",
                    Origins = isBound ? """["https://shop.example"]""" : null,
                    SessionContactId = hasContact ? "contact" : null,
                };
                await server.AddAsync(world);
                using var holder = server.Server.Client(await server.SignAsync(world.Session));
                var before = await server.Server.StoredAsync(world.Session);

                var answer = await holder.ReadAsync(HttpMethod.Post, $"conversation/{world.ConversationId}/session/{world.Session.Id}/refresh", "{}");

                var after = await server.Server.StoredAsync(world.Session);
                Assert.Equal(before.Generation + 1, after.Generation);
                Assert.Equal(
                    (before.Permissions, before.Origins, before.ContactId, before.Limits, before.AbsoluteExpiresAt, before.Refreshable),
                    (after.Permissions, after.Origins, after.ContactId, after.Limits, after.AbsoluteExpiresAt, after.Refreshable));
                var token = new JsonWebToken(answer.Text("token"));
                Assert.Equal(string.Join(' ', names), token.GetPayloadValue<string>("scope"));
                Assert.Equal((isBound, hasContact), (token.TryGetPayloadValue<object>("origins", out _), token.TryGetPayloadValue<object>("contactId", out _)));
            },
            iter: 50,
            threads: 1);
    }

    /// <summary>A name with a small mistake.</summary>
    private static Gen<string> Near => Gen.Select(
        Gen.OneOf(AuthorizationWorld.AllPermissions.ToArray()), Gen.Int[0, 4], Gen.Char, (name, way, letter) => way switch
        {
            0 => name.ToUpperInvariant(),
            1 => name + letter,
            2 => letter + name,
            3 => name[1..],
            _ => name.Replace(':', letter),
        });

    private static SessionPermissions Parse(IEnumerable<string> names) => SessionPermissionNames.Parse(JsonSerializer.Serialize(names));

    /// <summary>Runs the server's own check for every route, without its handler.</summary>
    private async Task<IReadOnlyList<string>> OpenRoutesAsync(SessionPermissions permissions)
    {
        var world = new AuthorizationWorld(server.OwnerAccountId, SessionPermissionNames.Of(permissions));
        await server.AddAsync(world);
        var token = await server.SignAsync(world.Session);
        var open = new List<string>();
        foreach (var endpoint in server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<AccessRule>() is not { IsAnonymous: false } rule)
                continue;
            if (await IsOpenAsync(world, token, rule))
                open.AddRange(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(verb => $"{verb} {endpoint.RoutePattern.RawText}"));
        }

        return open;
    }

    private async Task<bool> IsOpenAsync(AuthorizationWorld world, string token, AccessRule rule)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {token}";
        context.Request.RouteValues["conversationId"] = world.ConversationId;
        context.Request.RouteValues["sessionId"] = world.Session.Id;
        try
        {
            await server.Service<Authenticator>().AuthenticateAsync(context, rule);
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
