using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit;

/// <summary>Specifies the user of a request, as this app describes them to the chat server.</summary>
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
    /// Gets the contact of a new conversation; null for none. <see cref="From"/> sets a contact that is found or created by
    /// a fingerprint of <see cref="Id"/>, with the name and e-mail address.
    /// </summary>
    public ContactReference? Contact { get; init; }

    /// <summary>Creates a user from the usual claims of the signed-in user; null when nobody is signed in.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The user with the id, name and e-mail address of the claims.</returns>
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

    /// <summary>
    /// Creates the fingerprint of a user at the chat server. It is the same for the same id and does not reveal the id.
    /// </summary>
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
