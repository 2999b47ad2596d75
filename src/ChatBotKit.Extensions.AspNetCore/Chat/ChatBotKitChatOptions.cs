using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>Whose conversation an endpoint serves, and to which pages.</summary>
public class ChatBotKitChatOptions
{
    /// <summary>
    /// Gets or sets the key of the client to call with, as in <c>AddChatBotKit("name", …)</c>. Default: the client without a name.
    /// </summary>
    public string? ClientName { get; set; }

    /// <summary>
    /// Gets or sets who the user of a request is; null refuses the request with 401. Default: <see cref="ChatUser.From"/>, so
    /// only signed-in users chat. A site where nobody signs in sets this, and <c>AllowAnonymous()</c> on the endpoint.
    /// </summary>
    public Func<HttpContext, CancellationToken, ValueTask<ChatUser?>> ForUser { get; set; } =
        static (context, _) => ValueTask.FromResult(ChatUser.From(context.User));

    /// <summary>Gets or sets what a user's new conversation is like: bot, backstory, model. The contact comes from the user.</summary>
    public ConversationCreateRequest NewConversation { get; set; } = new();

    /// <summary>
    /// Gets or sets what finds the conversation that was remembered for a user; null makes a new one. Default: from the
    /// app's <c>IDistributedCache</c>, or from memory when there is none.
    /// </summary>
    public Func<HttpContext, ChatUser, CancellationToken, ValueTask<string?>>? FindConversation { get; set; }

    /// <summary>Gets or sets what remembers the conversation of a user. Set it together with <see cref="FindConversation"/>.</summary>
    public Func<HttpContext, ChatUser, string, CancellationToken, ValueTask>? RememberConversation { get; set; }

    /// <summary>
    /// Gets the origins besides this app's own whose pages may call: web sites such as <c>https://www.example.com</c>, and apps
    /// and extensions such as <c>capacitor://localhost</c> or <c>chrome-extension://</c> with an id. Each is a scheme, a host
    /// and possibly a port, without a path. They need CORS with credentials as well, which is for the app to set up.
    /// </summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">One half of a pair is missing, or an origin is none.</exception>
    internal void RequireWhole()
    {
        // An origin that no browser sends would be allowed in vain.
        if (AllowedOrigins.FirstOrDefault(origin => !ChatOrigin.IsOrigin(origin.ToLowerInvariant())) is { } wrong)
            throw new InvalidOperationException($"\"{wrong}\" in {nameof(AllowedOrigins)} is no origin, such as https://www.example.com or capacitor://localhost.");
        if (FindConversation is null != RememberConversation is null)
            throw new InvalidOperationException($"Set {nameof(FindConversation)} and {nameof(RememberConversation)} together, or neither.");
    }
}
