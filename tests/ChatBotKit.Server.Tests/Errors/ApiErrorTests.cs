using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Tests.Errors;

/// <summary>The errors of failures that no caller has caused.</summary>
public sealed class ApiErrorTests
{
    private const int NoSpaceLeft = 28;

    public static TheoryData<Exception, string> Failures => new()
    {
        { new IOException("full", NoSpaceLeft), "SERVICE_UNAVAILABLE" },
        { new IOException("other"), "INTERNAL_SERVER_ERROR" },
        { new CryptographicException("no key", new IOException("full", NoSpaceLeft)), "SERVICE_UNAVAILABLE" },
        { new CryptographicException("no key", new StoreUnavailableException("The store is closed.")), "SERVICE_UNAVAILABLE" },
        { new CryptographicException("no key", new InvalidOperationException("other")), "INTERNAL_SERVER_ERROR" },
        { new CryptographicException("other"), "INTERNAL_SERVER_ERROR" },
    };

    /// <summary>A full disk may also keep a key from being created that is needed for the first time.</summary>
    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void FailureOfTheStorage_IsToBeTriedAgain(Exception failure, string code) => Assert.Equal(code, ApiError.From(failure).Code.Code);
}
