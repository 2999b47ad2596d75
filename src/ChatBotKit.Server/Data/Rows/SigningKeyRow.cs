namespace ChatBotKit.Server.Data.Rows;

/// <summary>One ES256 key of the key ring. The private half is encrypted with ASP.NET Data Protection.</summary>
internal sealed class SigningKeyRow
{
    /// <summary>The <c>kid</c> of the tokens that it signed.</summary>
    public required string Id { get; init; }

    /// <summary>The public half as a JSON Web Key.</summary>
    public required string PublicJwk { get; init; }

    public required byte[] ProtectedPrivateKey { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>When it begins to sign; until then it is only published, so that verifiers know it in time.</summary>
    public required long ActiveFrom { get; init; }

    /// <summary>From then on it signs nothing, but what it signed stays valid.</summary>
    public long? RetiredAt { get; set; }

    /// <summary>From then on nothing that it signed is accepted.</summary>
    public long? RevokedAt { get; set; }
}
