using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>
/// One record of what was done with sessions, and at the door of the server. The records of an account form a chain: each carries the hash of the one
/// before, so a record that is changed or taken out later shows.
/// </summary>
public sealed record SessionAuditItem : ApiObject
{
    /// <summary>Gets the id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the place in the account's chain: 1, 2, 3, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Gets what was done.</summary>
    public required SessionAuditType Type { get; init; }

    /// <summary>
    /// Gets the error code of a refusal, the reason that was given for the revocation of a session, or the id of the key or API
    /// token that was made or revoked.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Gets who did it.</summary>
    public required SessionAuditActor Actor { get; init; }

    /// <summary>Gets the session; null for what is about no session, such as a signing key.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the conversation of the session.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the contact that holds the session.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets where the request came from; shortened or left out as the server is set.</summary>
    public string? Address { get; init; }

    /// <summary>Gets the web origin that the request named.</summary>
    public string? Origin { get; init; }

    /// <summary>Gets how many refusals the record stands for: those that repeat within a minute share one. Otherwise 1.</summary>
    public required int Count { get; init; }

    /// <summary>Gets when it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the hash of the record before, in lowercase hexadecimal digits; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Gets the SHA-256 hash of this record, in lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// Computes the hash that the record must have: SHA-256 over the UTF-8 text of number, id, type, code, the actor's kind and
    /// id, session, conversation, contact, address, origin, count, time in milliseconds and previous hash, each on a line of
    /// its own, what is null as an empty line, without a line feed at the end.
    /// </summary>
    /// <returns>The hash in lowercase hexadecimal digits.</returns>
    public string ComputeHash()
    {
        var text = string.Join('\n', Number.ToString(CultureInfo.InvariantCulture), Id, Type.Value, Code, Actor.Kind, Actor.Id,
            SessionId, ConversationId, ContactId, Address, Origin, Count.ToString(CultureInfo.InvariantCulture),
            CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), PreviousHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>Specifies who did what an audit record tells.</summary>
public sealed record SessionAuditActor : ApiObject
{
    /// <summary>
    /// Gets the kind: <c>owner</c> for an API token, <c>session</c> for a session token, <c>system</c> for the server,
    /// <c>stranger</c> for a caller whose token is not good.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Gets the id of the API token or session; null for the server.</summary>
    public string? Id { get; init; }
}

/// <summary>Specifies what an audit record tells.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SessionAuditType>))]
public readonly record struct SessionAuditType(string Value) : IOpenString<SessionAuditType>
{
    private static readonly SessionAuditType[] KnownValues =
        [new("mint"), new("refresh"), new("revoke"), new("refuse"), new("use"), new("rotateKey"), new("revokeKey"),
            new("createToken"), new("revokeToken"), new("refuseToken"), new("backup")];

    /// <summary>Gets the type of a record of a session that was made.</summary>
    public static SessionAuditType Mint => KnownValues[0];

    /// <summary>Gets the type of a record of a new token.</summary>
    public static SessionAuditType Refresh => KnownValues[1];

    /// <summary>Gets the type of a record of a session that was ended before its time.</summary>
    public static SessionAuditType Revoke => KnownValues[2];

    /// <summary>Gets the type of a record of a request that was refused.</summary>
    public static SessionAuditType Refuse => KnownValues[3];

    /// <summary>Gets the type of a record of a session's first use.</summary>
    public static SessionAuditType Use => KnownValues[4];

    /// <summary>Gets the type of a record of a new signing key.</summary>
    public static SessionAuditType RotateKey => KnownValues[5];

    /// <summary>Gets the type of a record of a signing key that was revoked.</summary>
    public static SessionAuditType RevokeKey => KnownValues[6];

    /// <summary>Gets the type of a record of a new API token.</summary>
    public static SessionAuditType CreateToken => KnownValues[7];

    /// <summary>Gets the type of a record of an API token that was revoked.</summary>
    public static SessionAuditType RevokeToken => KnownValues[8];

    /// <summary>Gets the type of a record of requests with a token that is nobody's, or of an API token that is over.</summary>
    public static SessionAuditType RefuseToken => KnownValues[9];

    /// <summary>Gets the type of a record of a backup of the server.</summary>
    public static SessionAuditType Backup => KnownValues[10];

    static ReadOnlySpan<SessionAuditType> IOpenString<SessionAuditType>.Known => KnownValues;

    static SessionAuditType IOpenString<SessionAuditType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
