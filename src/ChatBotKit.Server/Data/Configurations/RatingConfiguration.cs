using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

internal sealed class RatingConfiguration : IEntityTypeConfiguration<RatingEntity>
{
    public void Configure(EntityTypeBuilder<RatingEntity> builder)
    {
        builder.ToTable("Ratings");
        builder.HasKey(rating => rating.Id);
        builder.HasIndex(rating => rating.ConversationId);
        builder.HasOne<ConversationEntity>().WithMany().HasForeignKey(rating => rating.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
