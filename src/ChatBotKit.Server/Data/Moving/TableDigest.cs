using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// A digest of the rows of a table: their number, and the sum of their hashes. It does not depend on the order of the rows, so that each
/// database can read them in the order in which it stores them.
/// </summary>
internal sealed class TableDigest
{
    private UInt128 _high;
    private UInt128 _low;

    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row in the binary format of <c>COPY</c>.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        var low = unchecked(_low + BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        var carry = low < _low ? UInt128.One : UInt128.Zero;
        _high = unchecked(_high + BinaryPrimitives.ReadUInt128BigEndian(hash) + carry);
        _low = low;
        Rows++;
    }

    /// <summary>Whether both digests are of the same rows.</summary>
    public bool Matches(TableDigest other) => (Rows, _high, _low) == (other.Rows, other._high, other._low);

    public override string ToString() => $"{Rows} rows, {_high:x32}{_low:x32}";
}
