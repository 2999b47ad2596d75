using ChatBotKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Adds authentication with the session tokens of a chat server. A backend verifies the tokens itself, without a request to
/// that server.
/// </summary>
public static class ChatBotKitSessionValidationExtensions
{
    private const int LongestKeyDocument = 64 * 1024;

    /// <summary>Adds authentication with session tokens as the default scheme of the app.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Configures the options. <see cref="ChatBotKitSessionValidationOptions.Authority"/> is required.</param>
    /// <returns>The builder, to add further schemes.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this IServiceCollection services, Action<ChatBotKitSessionValidationOptions> configure) =>
        services.AddAuthentication(ChatBotKitSessionDefaults.AuthenticationScheme).AddChatBotKitSessionValidation(configure);

    /// <summary>
    /// Adds authentication with session tokens under the scheme
    /// <see cref="ChatBotKitSessionDefaults.AuthenticationScheme"/>.
    /// </summary>
    /// <param name="authentication">The authentication of the app.</param>
    /// <param name="configure">Configures the options. <see cref="ChatBotKitSessionValidationOptions.Authority"/> is required.</param>
    /// <returns>The builder, to add further schemes.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this AuthenticationBuilder authentication, Action<ChatBotKitSessionValidationOptions> configure) =>
        authentication.AddChatBotKitSessionValidation(ChatBotKitSessionDefaults.AuthenticationScheme, configure);

    /// <summary>
    /// Adds authentication with session tokens under a scheme of any name, for backends that accept the tokens of several
    /// servers.
    /// </summary>
    /// <param name="authentication">The authentication of the app.</param>
    /// <param name="scheme">The name.</param>
    /// <param name="configure">Configures the options. <see cref="ChatBotKitSessionValidationOptions.Authority"/> is required.</param>
    /// <returns>The builder, to add further schemes.</returns>
    public static AuthenticationBuilder AddChatBotKitSessionValidation(
        this AuthenticationBuilder authentication, string scheme, Action<ChatBotKitSessionValidationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(configure);
        authentication.Services.AddOptions<ChatBotKitSessionValidationOptions>(scheme)
            .Configure(configure)
            .Validate(static options => options.IsAuthoritySafe, "Authority must be the https address of the server that issues the session tokens. http is allowed only for this machine.")
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

    /// <summary>Requires a session with a permission.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="permission">The permission by its name on the wire, such as <c>messages:read</c>.</param>
    /// <returns>The policy.</returns>
    public static AuthorizationPolicyBuilder RequireChatBotKitPermission(this AuthorizationPolicyBuilder policy, string permission)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return policy.RequireClaim(ChatBotKitClaimTypes.Permission, permission);
    }

    /// <summary>Requires a session with a permission.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="permission">The permission, such as <see cref="SessionPermission.MessagesRead"/>.</param>
    /// <returns>The policy.</returns>
    public static AuthorizationPolicyBuilder RequireChatBotKitPermission(this AuthorizationPolicyBuilder policy, SessionPermission permission) =>
        policy.RequireChatBotKitPermission(permission.Value);
}
