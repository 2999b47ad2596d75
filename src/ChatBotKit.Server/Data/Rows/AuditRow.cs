using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace ChatBotKit.Server.Data.Rows;

/// <summary>One record of an account's audit chain. It outlives the session and the conversation that it describes.</summary>
internal sealed class AuditRow
{
    public required string AccountId { get; init; }

    /// <summary>The number in the account's chain, from 1 on; set by the writer.</summary>
    public long Number { get; set; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? Code { get; init; }

    public required string ActorKind { get; init; }

    public string? ActorId { get; init; }

    public string? SessionId { get; init; }

    public string? ConversationId { get; init; }

    public string? ContactId { get; init; }

    public string? Address { get; set; }

    public string? Origin { get; set; }

    /// <summary>The number of repetitions. Only refusals can have more than 1; they are counted until the record is stored.</summary>
    public int Count { get; set; } = 1;

    public required long CreatedAt { get; init; }

    /// <summary>The hash of the previous record of the account; set by the writer.</summary>
    public byte[] PreviousHash { get; set; } = [];

    /// <summary>The hash of all properties above; set by the writer.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>
    /// Computes the same hash as <see cref="SessionAuditItem.ComputeHash"/>. Every new session needs one, so this method allocates
    /// only its result.
    /// </summary>
    public byte[] ComputeHash()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        int written;
        while (!TryWriteText(buffer, out written))
        {
            var size = buffer.Length * 2;
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        var hash = SHA256.HashData(buffer.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <summary>
    /// Returns the hashed text between the number and the previous hash, for a database that computes number and hash itself.
    /// </summary>
    public string TextBehindNumber() => string.Create(
        CultureInfo.InvariantCulture,
        $"\n{Id}\n{Type}\n{Code}\n{ActorKind}\n{ActorId}\n{SessionId}\n{ConversationId}\n{ContactId}\n{Address}\n{Origin}\n{Count}\n{CreatedAt}\n");

    /// <summary>Converts the record to the item that its owner sees.</summary>
    public SessionAuditItem ToItem() => new()
    {
        Id = Id,
        Number = Number,
        Type = new SessionAuditType(Type),
        Code = Code,
        Actor = new SessionAuditActor { Kind = ActorKind, Id = ActorId },
        SessionId = SessionId,
        ConversationId = ConversationId,
        ContactId = ContactId,
        Address = Address,
        Origin = Origin,
        Count = Count,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        PreviousHash = Convert.ToHexStringLower(PreviousHash),
        Hash = Convert.ToHexStringLower(Hash),
    };

    private bool TryWriteText(Span<byte> buffer, out int written) =>
        Utf8.TryWrite(
            buffer,
            CultureInfo.InvariantCulture,
            $"{Number}\n{Id}\n{Type}\n{Code}\n{ActorKind}\n{ActorId}\n{SessionId}\n{ConversationId}\n{ContactId}\n{Address}\n{Origin}\n{Count}\n{CreatedAt}\n",
            out written)
        && AppendHexadecimal(PreviousHash, buffer, ref written);

    private static bool AppendHexadecimal(byte[] bytes, Span<byte> buffer, ref int written)
    {
        var fits = Convert.TryToHexStringLower(bytes, buffer[written..], out var length);
        written += length;
        return fits;
    }
}
