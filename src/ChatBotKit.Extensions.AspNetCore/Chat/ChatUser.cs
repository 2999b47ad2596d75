using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit;

/// <summary>Specifies who chats: what this app tells the chat server about the user of a request.</summary>
public sealed record ChatUser
{
    /// <summary>Gets what tells the user from all others of this app. Conversations are remembered under it.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the conversation to use. It must be the user's own, since the user gets to read it. Default: the one that is
    /// remembered, or a new one.
    /// </summary>
    public string? ConversationId { get; init; }

    /// <summary>
    /// Gets the contact of a new conversation; null for none. Default of <see cref="From"/>: found or made by a fingerprint
    /// of <see cref="Id"/>, with name and e-mail address.
    /// </summary>
    public ContactReference? Contact { get; init; }

    /// <summary>The signed-in user by the usual claims; null when there is none.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The user with id, name and e-mail address, as far as the claims tell.</returns>
    public static ChatUser? From(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Identity is not { IsAuthenticated: true })
            return null;
        var id = First(user, ClaimTypes.NameIdentifier, "sub") ?? user.Identity.Name;
        return string.IsNullOrEmpty(id) ? null : new ChatUser
        {
            Id = id,
            Contact = new ContactReference(new ContactUpsertRequest
            {
                Fingerprint = FingerprintOf(id),
                Name = user.Identity.Name,
                Email = First(user, ClaimTypes.Email, "email"),
            }),
        };
    }

    /// <summary>What stands for the user at the chat server: the same for the same id, and it does not show the id.</summary>
    /// <param name="id">The id of the user in this app.</param>
    /// <returns>The fingerprint.</returns>
    public static string FingerprintOf(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return string.Create(CultureInfo.InvariantCulture, $"user:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}");
    }

    private static string? First(ClaimsPrincipal user, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (user.FindFirst(type)?.Value is { Length: > 0 } value)
                return value;
        }

        return null;
    }
}
