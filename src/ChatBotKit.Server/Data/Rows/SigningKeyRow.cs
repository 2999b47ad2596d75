namespace ChatBotKit.Server.Data.Rows;

/// <summary>An ES256 key of the key ring. The private key is encrypted with ASP.NET Data Protection.</summary>
internal sealed class SigningKeyRow
{
    /// <summary>The id, which is the <c>kid</c> of the tokens that the key has signed.</summary>
    public required string Id { get; init; }

    /// <summary>The public key as a JSON Web Key.</summary>
    public required string PublicJwk { get; init; }

    public required byte[] ProtectedPrivateKey { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>When the key begins to sign. Until then it is only published, so that verifiers know it in time.</summary>
    public required long ActiveFrom { get; init; }

    /// <summary>When the key stops signing. Tokens that it signed before stay valid.</summary>
    public long? RetiredAt { get; set; }

    /// <summary>From when on no token of this key is accepted.</summary>
    public long? RevokedAt { get; set; }
}
