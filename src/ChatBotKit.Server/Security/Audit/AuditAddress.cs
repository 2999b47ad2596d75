using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Server.Security;

/// <summary>How much of a caller's address an audit record keeps.</summary>
internal enum AuditAddress
{
    /// <summary>The caller's network: the first 24 bits of IPv4, the first 48 of IPv6.</summary>
    Short,

    /// <summary>The whole address.</summary>
    Full,

    /// <summary>Nothing.</summary>
    None,
}

internal static class AuditAddresses
{
    private const int ShortBytesOfIPv4 = 3;
    private const int ShortBytesOfIPv6 = 6;

    /// <summary>Returns the address as the record shows it, for example <c>203.0.113.0/24</c>; null when it keeps none.</summary>
    public static string? Of(IPAddress? address, AuditAddress kept)
    {
        if (address is null || kept == AuditAddress.None)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (kept == AuditAddress.Full)
            return new IPAddress(bytes).ToString();
        var network = address.AddressFamily == AddressFamily.InterNetwork ? ShortBytesOfIPv4 : ShortBytesOfIPv6;
        bytes.AsSpan(network).Clear();
        return $"{new IPAddress(bytes)}/{network * 8}";
    }
}
