### English: the feed, posts, and writing one.

feed-title = Feed
feed-empty = Nothing is here yet. Follow people on their pages, and what they post appears here. Or write the first post yourself.
feed-empty-people = Find people
feed-empty-write = Write a post
feed-empty-profile = See my profile

post-title = Post by { $name }
post-edited = edited
post-read-on = Read on
post-sales = { $n ->
    [one] { $n } sold from this post
   *[other] { $n } sold from this post
}
post-edit = Edit
post-delete = Delete
post-delete-sure = The post and its words are gone for good. Nobody will see it any more.
post-delete-now = Yes, delete it
post-published = Your post is out.
post-saved = Your changes are saved.
post-deleted = Your post is deleted.
post-withheld = Nobody but you sees this post: a moderator has hidden it.
post-withheld-cases = Reports and decisions
post-is-withheld = Hidden
post-report = Report

posts-title = Posts
posts-title-of = Posts by { $name }
posts-none = No posts yet.
posts-none-own = You haven't posted anything yet.

offer-left = { $n } left
offer-sold-out = Sold out
offer-off-sale = Not for sale right now
offer-gone = This product is no longer there.
offer-unavailable = The product can't be shown right now.

compose-title = New post
compose-product = The product you post
compose-without-product = Post without the product
compose-text = What do you want to say?
compose-post = Post

edit-title = Edit post
edit-save = Save
edit-cancel = Leave it as it was

error-social-text_empty = Write something, or add a picture.
error-social-text_too_long = A post has at most 5,000 characters.
error-social-text_unreadable = The text has signs that can't be shown. Type it anew.
error-social-media_unknown = One of the pictures isn't there any more. Leave them out and choose them again.
error-social-product_missing = Choose the product you want to post.
error-social-product_unwanted = This sort of post shows no product.
error-social-product_unknown = This product is no longer there. Post without it.
error-social-unknown_tab = There is no such feed.
error-social-account_locked = This account is locked and can't post, edit or delete.
compose-choose-product = Post one of your products
