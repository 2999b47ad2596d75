using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit;

/// <summary>Finds the conversation of a user, or creates and remembers it.</summary>
internal sealed class UserConversations(ChatBotKitChatOptions options)
{
    // Two tabs that open at the same time must not create two conversations. Users share a fixed number of locks, which
    // limits memory.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly ConcurrentDictionary<string, string> _memory = new();

    public ChatBotKitApi Api(HttpContext context) =>
        context.RequestServices.GetRequiredKeyedService<ChatBotKitApi>(options.ClientName);

    public ChatBotKitRegistration Registration(HttpContext context) =>
        context.RequestServices.GetRequiredKeyedService<ChatBotKitRegistration>(options.ClientName);

    /// <exception cref="ChatRefusedException">401: the request has no user.</exception>
    public async Task<ChatUser> UserAsync(HttpContext context) =>
        await options.ForUser(context, context.RequestAborted)
        ?? throw new ChatRefusedException(StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated, "Sign in to chat.");

    /// <summary>Gets the conversation of the user.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The user of the conversation.</param>
    /// <param name="lost">The remembered conversation that no longer exists; null for none.</param>
    public async Task<string> FindOrMakeAsync(HttpContext context, ChatUser user, string? lost = null)
    {
        if (user.ConversationId is { } given)
            return given;
        var gate = _locks[(uint)StringComparer.Ordinal.GetHashCode(user.Id) % _locks.Length];
        await gate.WaitAsync(context.RequestAborted);
        try
        {
            return await FindAsync(context, user) is { } known && known != lost ? known : await MakeAsync(context, user);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<string> MakeAsync(HttpContext context, ChatUser user)
    {
        var request = options.NewConversation with { ContactId = user.Contact ?? options.NewConversation.ContactId };
        var made = await Api(context).Conversation.CreateAsync(request, context.RequestAborted);
        // The conversation exists now, so it is remembered even if the browser disconnects.
        await RememberAsync(context, user, made.Id);
        return made.Id;
    }

    private async ValueTask<string?> FindAsync(HttpContext context, ChatUser user)
    {
        if (options.FindConversation is { } find)
            return await find(context, user, context.RequestAborted);
        if (context.RequestServices.GetService<IDistributedCache>() is { } cache)
            return await cache.GetStringAsync(KeyOf(user), context.RequestAborted);
        return _memory.GetValueOrDefault(KeyOf(user));
    }

    private async ValueTask RememberAsync(HttpContext context, ChatUser user, string conversationId)
    {
        if (options.RememberConversation is { } remember)
            await remember(context, user, conversationId, CancellationToken.None);
        else if (context.RequestServices.GetService<IDistributedCache>() is { } cache)
            await cache.SetStringAsync(KeyOf(user), conversationId, new DistributedCacheEntryOptions(), CancellationToken.None);
        else
            _memory[KeyOf(user)] = conversationId;
    }

    private string KeyOf(ChatUser user) => $"chatbotkit:conversation:{options.ClientName}:{ChatUser.FingerprintOf(user.Id)}";
}
