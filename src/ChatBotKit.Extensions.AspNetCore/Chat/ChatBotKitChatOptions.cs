using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>Specifies the user and the conversation that an endpoint serves, and the pages that may call it.</summary>
public class ChatBotKitChatOptions
{
    /// <summary>
    /// Gets or sets the key of the registered client that makes the calls, as in <c>AddChatBotKit("name", …)</c>. Default:
    /// the client without a name.
    /// </summary>
    public string? ClientName { get; set; }

    /// <summary>
    /// Gets or sets the function that returns the user of a request. When it returns null, the request is refused with 401.
    /// Default: <see cref="ChatUser.From"/>, which requires a signed-in user. A site without sign-in sets this function,
    /// and <c>AllowAnonymous()</c> on the endpoint.
    /// </summary>
    public Func<HttpContext, CancellationToken, ValueTask<ChatUser?>> ForUser { get; set; } =
        static (context, _) => ValueTask.FromResult(ChatUser.From(context.User));

    /// <summary>
    /// Gets or sets the settings of a user's new conversation, such as bot, backstory and model. Its contact is set from
    /// the user.
    /// </summary>
    public ConversationCreateRequest NewConversation { get; set; } = new();

    /// <summary>
    /// Gets or sets the function that finds the conversation of a user. When it returns null, a new conversation is
    /// created. Default: a lookup in the <c>IDistributedCache</c> of the app, or in memory when the app has none.
    /// </summary>
    public Func<HttpContext, ChatUser, CancellationToken, ValueTask<string?>>? FindConversation { get; set; }

    /// <summary>
    /// Gets or sets the function that stores the conversation of a user. Set it together with
    /// <see cref="FindConversation"/>.
    /// </summary>
    public Func<HttpContext, ChatUser, string, CancellationToken, ValueTask>? RememberConversation { get; set; }

    /// <summary>
    /// Gets the origins besides this app's own whose pages may call: web sites such as <c>https://www.example.com</c>, and apps
    /// and extensions such as <c>capacitor://localhost</c> or <c>chrome-extension://</c> with an id. Each is a scheme, a host
    /// and possibly a port, without a path. They need CORS with credentials as well, which is for the app to set up.
    /// </summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">
    /// One of two functions that belong together is missing, or an origin is not valid.
    /// </exception>
    internal void RequireWhole()
    {
        // An origin that no browser sends has no effect, so it is refused.
        if (AllowedOrigins.FirstOrDefault(origin => !ChatOrigin.IsOrigin(origin.ToLowerInvariant())) is { } wrong)
            throw new InvalidOperationException($"\"{wrong}\" in {nameof(AllowedOrigins)} is no origin, such as https://www.example.com or capacitor://localhost.");
        if (FindConversation is null != RememberConversation is null)
            throw new InvalidOperationException($"Set {nameof(FindConversation)} and {nameof(RememberConversation)} together, or neither.");
    }
}
