using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>A limit of the bytes that a caller may add.</summary>
internal interface IByteBudget
{
    /// <summary>Returns how many bytes may still be added; null when there is no limit.</summary>
    /// <exception cref="ApiException">429: none are left, or fewer than <paramref name="atLeast"/>.</exception>
    long? RoomFor(long atLeast);

    /// <summary>Creates the error for more bytes than the limit allows.</summary>
    ApiException NoRoom();
}
