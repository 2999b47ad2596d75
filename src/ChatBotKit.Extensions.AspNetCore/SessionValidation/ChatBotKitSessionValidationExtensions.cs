using ChatBotKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Accepts the session tokens of a chat server in a backend of one's own, without asking that server about each.</summary>
public static class ChatBotKitSessionValidationExtensions
{
    private const int LongestKeyDocument = 64 * 1024;

    /// <summary>Adds the authentication by session tokens as the app's default one.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets at least <see cref="ChatBotKitSessionValidationOptions.Authority"/>.</param>
    /// <returns>For further authentication.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this IServiceCollection services, Action<ChatBotKitSessionValidationOptions> configure) =>
        services.AddAuthentication(ChatBotKitSessionDefaults.AuthenticationScheme).AddChatBotKitSessionValidation(configure);

    /// <summary>Adds the authentication by session tokens under <see cref="ChatBotKitSessionDefaults.AuthenticationScheme"/>.</summary>
    /// <param name="authentication">The authentication of the app.</param>
    /// <param name="configure">Sets at least <see cref="ChatBotKitSessionValidationOptions.Authority"/>.</param>
    /// <returns>For further authentication.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this AuthenticationBuilder authentication, Action<ChatBotKitSessionValidationOptions> configure) =>
        authentication.AddChatBotKitSessionValidation(ChatBotKitSessionDefaults.AuthenticationScheme, configure);

    /// <summary>Adds the authentication by session tokens under a name, for backends that accept those of several servers.</summary>
    /// <param name="authentication">The authentication of the app.</param>
    /// <param name="scheme">The name.</param>
    /// <param name="configure">Sets at least <see cref="ChatBotKitSessionValidationOptions.Authority"/>.</param>
    /// <returns>For further authentication.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this AuthenticationBuilder authentication, string scheme, Action<ChatBotKitSessionValidationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(configure);
        authentication.Services.AddOptions<ChatBotKitSessionValidationOptions>(scheme)
            .Configure(configure)
            .Validate(static options => options.IsAuthoritySafe, "Authority must be the https address of the server that makes the session tokens; http is for this machine alone.")
            .ValidateOnStart();
        authentication.Services.AddHttpClient(ChatBotKitSessionDefaults.HttpClientName, ConfigureHttpClient)
            .UseSocketsHttpHandler(static (handler, _) => HttpHandlers.Configure(handler));
        authentication.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(services => new SessionTokenSetup(
            scheme,
            services.GetRequiredService<IOptionsMonitor<ChatBotKitSessionValidationOptions>>(),
            services.GetRequiredService<IHttpClientFactory>(),
            services));
        return authentication.AddJwtBearer(scheme, static _ => { });
    }

    private static void ConfigureHttpClient(HttpClient client)
    {
        client.MaxResponseContentBufferSize = LongestKeyDocument;
        client.DefaultRequestHeaders.UserAgent.Clear();
        client.DefaultRequestHeaders.UserAgent.ParseAdd(HttpHandlers.Product);
    }

    /// <summary>Asks for a session that may do something.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="permission">What, by its name on the wire such as <c>messages:read</c>.</param>
    /// <returns>The policy.</returns>
    public static AuthorizationPolicyBuilder RequireChatBotKitPermission(this AuthorizationPolicyBuilder policy, string permission)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return policy.RequireClaim(ChatBotKitClaimTypes.Permission, permission);
    }

    /// <summary>Asks for a session that may do something.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="permission">What, such as <see cref="SessionPermission.MessagesRead"/>.</param>
    /// <returns>The policy.</returns>
    public static AuthorizationPolicyBuilder RequireChatBotKitPermission(this AuthorizationPolicyBuilder policy, SessionPermission permission) =>
        policy.RequireChatBotKitPermission(permission.Value);
}
