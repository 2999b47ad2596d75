using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatBotKit.Server.Tests.Features.Secrets;

/// <summary>
/// A real OAuth 2 provider on a free port, with an API that its tokens open. It requires PKCE, and a refresh token works once: its
/// second use ends the access.
/// </summary>
internal sealed class OAuthProvider : IAsyncDisposable
{
    public const string ClientId = "shop";
    public const string ClientSecret = "the-client-secret-of-the-tests";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _grants;

    private OAuthProvider(WebApplication app, ConcurrentQueue<string> grants)
    {
        _app = app;
        _grants = grants;
    }

    public string Url => _app.Urls.Single();

    /// <summary>The grants for which tokens were requested.</summary>
    public IReadOnlyCollection<string> Grants => _grants;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="callback">The only address to which it sends browsers back.</param>
    public static async Task<OAuthProvider> StartAsync(string callback)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        AddProvider(builder.Services);
        var app = builder.Build();
        var grants = new ConcurrentQueue<string>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", context => IssueAsync(context, grants));
        app.MapGet("/me", (HttpContext context) => context.User.GetClaim(Claims.Subject)).RequireAuthorization();
        await app.StartAsync(Token);
        await AddClientAsync(app, callback);
        return new OAuthProvider(app, grants);
    }

    /// <summary>Returns the settings of a secret for this provider.</summary>
    public string Config(string? clientSecret = ClientSecret, string path = "/token", string more = "") =>
        $$"""{"clientId":"{{ClientId}}","clientSecret":"{{clientSecret}}","authorizationUrl":"{{Url}}/authorize","tokenUrl":"{{Url}}{{path}}","revokeUrl":"{{Url}}/revoke","scope":"mail offline_access"{{more}}}""";

    /// <summary>Calls the API of the provider, and returns who signed in; the status when the header does not open it.</summary>
    public async Task<string> CallAsync(string header)
    {
        using var client = new HttpClient();
        using var answer = await client.SendAsync(HttpMethod.Get, $"{Url}/me", headers: ("Authorization", header));
        return answer.StatusCode == HttpStatusCode.OK ? await answer.TextAsync() : $"{(int)answer.StatusCode}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddProvider(IServiceCollection services)
    {
        var database = Guid.NewGuid().ToString();
        services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        services.AddAuthorization().AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetRevocationEndpointUris("revoke");
                server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes("mail").SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.EnableTokenEntryValidation();
                validation.UseAspNetCore();
            });
    }

    private static async Task AddClientAsync(WebApplication app, string callback)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                RedirectUris = { new Uri(callback) },
                Permissions =
                {
                    Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
                    Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.GrantTypes.ClientCredentials,
                    Permissions.ResponseTypes.Code, $"{Permissions.Prefixes.Scope}mail",
                },
            },
            Token);
    }

    /// <summary>Signs the person in who is named by a header of the test's browser.</summary>
    private static IResult Authorize(HttpContext context)
    {
        if (context.Request.Headers["X-Denies"].Count > 0)
            return Results.Forbid(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        return SignIn(context.Request.Headers["X-Person"].ToString(), context.GetOpenIddictServerRequest()!.GetScopes());
    }

    private static async Task IssueAsync(HttpContext context, ConcurrentQueue<string> grants)
    {
        var request = context.GetOpenIddictServerRequest()!;
        grants.Enqueue(request.GrantType!);
        var result = request.IsClientCredentialsGrantType()
            ? SignIn(request.ClientId!, request.GetScopes())
            : Results.SignIn(
                (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!,
                authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        await result.ExecuteAsync(context);
    }

    private static IResult SignIn(string person, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person).SetScopes(scopes).SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
