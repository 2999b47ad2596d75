using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>
/// One audit record of sessions, tokens, keys and refused requests. The records of an account form a chain: each contains
/// the hash of the previous one, so that a record that is changed or removed later can be detected.
/// </summary>
public sealed record SessionAuditItem : ApiObject
{
    /// <summary>Gets the id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the position in the chain of the account: 1, 2, 3 and so on, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Gets the action that was recorded.</summary>
    public required SessionAuditType Type { get; init; }

    /// <summary>
    /// Gets the error code of a refusal, the reason for the revocation of a session, or the id of the key or API token that
    /// was created or revoked.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Gets the actor.</summary>
    public required SessionAuditActor Actor { get; init; }

    /// <summary>Gets the session; null for records that are not about a session, such as those of a signing key.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the conversation of the session.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the contact of the session holder.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the IP address of the request. A server may be configured to shorten or omit it.</summary>
    public string? Address { get; init; }

    /// <summary>Gets the web origin of the request.</summary>
    public string? Origin { get; init; }

    /// <summary>
    /// Gets the number of refusals that the record counts, because equal refusals within a minute share one record. It is 1
    /// for other records.
    /// </summary>
    public required int Count { get; init; }

    /// <summary>Gets when it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the hash of the previous record, in lowercase hexadecimal digits; 64 zeros for the first record.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Gets the SHA-256 hash of this record, in lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// Computes the hash that the record must have. It is the SHA-256 hash of a UTF-8 text with these values, each on a
    /// line of its own: number, id, type, code, kind and id of the actor, session, conversation, contact, address, origin,
    /// count, time in milliseconds, previous hash. Null is an empty line, and there is no line feed at the end.
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

/// <summary>Specifies the actor of an audit record.</summary>
public sealed record SessionAuditActor : ApiObject
{
    /// <summary>
    /// Gets the kind: <c>owner</c> for an API token, <c>session</c> for a session token, <c>system</c> for the server,
    /// <c>visitor</c> for a caller who created a session with a public bot of another account or without a credential,
    /// <c>stranger</c> for a caller without a valid token.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Gets the id of the API token or session; null for the server.</summary>
    public string? Id { get; init; }
}

/// <summary>Specifies the type of an audit record.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SessionAuditType>))]
public readonly record struct SessionAuditType(string Value) : IOpenString<SessionAuditType>
{
    private static readonly SessionAuditType[] KnownValues =
        [new("mint"), new("refresh"), new("revoke"), new("refuse"), new("use"), new("rotateKey"), new("revokeKey"),
            new("createToken"), new("revokeToken"), new("refuseToken"), new("backup"), new("createUser"), new("deleteUser"), new("migrate"),
            new("setSecret"), new("revokeSecret"), new("allowClient")];

    /// <summary>Gets the type of a record of a session that was created.</summary>
    public static SessionAuditType Mint => KnownValues[0];

    /// <summary>Gets the type of a record of a new token.</summary>
    public static SessionAuditType Refresh => KnownValues[1];

    /// <summary>Gets the type of a record of a session that was revoked.</summary>
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

    /// <summary>
    /// Gets the type of a record of requests with an unknown token, or with an API token that has expired or was revoked.
    /// </summary>
    public static SessionAuditType RefuseToken => KnownValues[9];

    /// <summary>Gets the type of a record of a backup of the server.</summary>
    public static SessionAuditType Backup => KnownValues[10];

    /// <summary>Gets the type of a record of a new user of a partner.</summary>
    public static SessionAuditType CreateUser => KnownValues[11];

    /// <summary>Gets the type of a record of a user of a partner that was deleted with all that it owned.</summary>
    public static SessionAuditType DeleteUser => KnownValues[12];

    /// <summary>Gets the type of a record of a migration of the server to PostgreSQL that was started.</summary>
    public static SessionAuditType Migrate => KnownValues[13];

    /// <summary>Gets the type of a record of a secret that got its value on a page of the server.</summary>
    public static SessionAuditType SetSecret => KnownValues[14];

    /// <summary>Gets the type of a record of a secret whose value was revoked.</summary>
    public static SessionAuditType RevokeSecret => KnownValues[15];

    /// <summary>Gets the type of a record of an MCP client that was allowed to use an MCP server.</summary>
    public static SessionAuditType AllowClient => KnownValues[16];

    static ReadOnlySpan<SessionAuditType> IOpenString<SessionAuditType>.Known => KnownValues;

    static SessionAuditType IOpenString<SessionAuditType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
