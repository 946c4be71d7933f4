"""What each address of the editors' admin answers; test_url_matrix_admin.py asks."""

from tests.roles import LOGIN

# What a GET says to an editor and to an administrator. 302: sent back with a word why not, or on
# to where the thing is. 404: there is no such thing. 405: only for POST.
ANSWERS = {
    (200, 200): """
        wagtailadmin_home
        /admin/test404/
        wagtailadmin_api:pages:listing
        wagtailadmin_api:pages:detail
        wagtailadmin_api:documents:listing
        wagtailadmin_api:images:listing
        wagtailadmin_api:images:detail
        wagtailadmin_explore
        wagtailadmin_explore_results
        wagtailadmin_pages:add
        wagtailadmin_pages:preview_on_add
        wagtailadmin_pages:type_use
        wagtailadmin_pages:type_use_results
        wagtailadmin_pages:usage
        wagtailadmin_pages:edit
        wagtailadmin_pages:preview_on_edit
        wagtailadmin_pages:view_draft
        wagtailadmin_pages:delete
        wagtailadmin_pages:unpublish
        wagtailadmin_pages:search
        wagtailadmin_pages:search_results
        wagtailadmin_pages:move
        wagtailadmin_pages:move_confirm
        wagtailadmin_pages:copy
        wagtailadmin_pages:confirm_workflow_cancellation
        wagtailadmin_pages:set_privacy
        wagtailadmin_pages:revisions_view
        wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:revisions_unschedule
        wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:workflow_history
        wagtailadmin_pages:history
        wagtailadmin_pages:history_results
        wagtailadmin_choose_page
        wagtailadmin_choose_page_child
        wagtailadmin_choose_page_search
        wagtailadmin_choose_page_chosen_multiple
        wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_anchor_link
        wagtailadmin_tag_autocomplete
        wagtailadmin_workflows:task_chooser
        wagtailadmin_workflows:task_chooser_results
        wagtailadmin_workflows:task_chooser_create
        wagtailadmin_workflows:task_chosen
        wagtailadmin_reports:workflow
        wagtailadmin_reports:workflow_results
        wagtailadmin_reports:workflow_tasks
        wagtailadmin_reports:workflow_tasks_results
        wagtailadmin_reports:site_history
        wagtailadmin_reports:site_history_results
        wagtailadmin_reports:aging_pages
        wagtailadmin_reports:aging_pages_results
        wagtailadmin_reports:page_types_usage
        wagtailadmin_reports:page_types_usage_results
        wagtailadmin_account
        wagtailadmin_dismissibles
        moderation:queue
        moderation:take_downs
        moderation:applications
        moderation:application
        moderation:merchants
        moderation:merchant
        moderation:categories
        moderation:new_category
        moderation:category
        moderation:rounds
        moderation:new_round
        moderation:round
        moderation:review
        moderation:take_down
        wagtailforms:index
        wagtailforms:index_results
        wagtailembeds:chooser
        wagtailembeds:chooser_upload
        wagtailsnippets:index
        wagtaildocs:index
        wagtaildocs:index_results
        wagtaildocs:add
        wagtaildocs:add_multiple
        wagtailimages:index
        wagtailimages:index_results
        wagtailimages:edit
        wagtailimages:delete
        wagtailimages:preview
        wagtailimages:add
        wagtailimages:image_usage
        wagtailimages:add_multiple
        wagtailsnippets_products_product:list
        wagtailsnippets_products_product:list_results
        wagtailsnippets_products_product:inspect
        wagtailsnippetchoosers_products_product:choose
        wagtailsnippetchoosers_products_product:choose_results
        wagtailsnippetchoosers_products_product:chosen
        wagtailsnippetchoosers_products_product:chosen_multiple
        wagtailsnippets_media_pipeline_video:list
        wagtailsnippets_media_pipeline_video:list_results
        wagtailsnippets_media_pipeline_video:inspect
        wagtailsnippets_media_pipeline_video:confirm_workflow_cancellation
        wagtailsnippetchoosers_media_pipeline_video:choose
        wagtailsnippetchoosers_media_pipeline_video:choose_results
        wagtailsnippetchoosers_media_pipeline_video:chosen
        wagtailsnippetchoosers_media_pipeline_video:chosen_multiple
        wagtaildocs_chooser:choose
        wagtaildocs_chooser:choose_results
        wagtaildocs_chooser:chosen_multiple
        wagtaildocs_chooser:create
        wagtailimages_chooser:choose
        wagtailimages_chooser:choose_results
        wagtailimages_chooser:chosen
        wagtailimages_chooser:chosen_multiple
        wagtailimages_chooser:create
        wagtailimages_chooser:select_format
    """,
    (302, 200): """
        wagtailadmin_explore_root
        wagtailadmin_collections:index
        wagtailadmin_collections:add
        wagtailadmin_collections:set_privacy
        wagtailadmin_workflows:index
        wagtailadmin_workflows:index_results
        wagtailadmin_workflows:add
        wagtailadmin_workflows:disable
        wagtailadmin_workflows:edit
        wagtailadmin_workflows:usage
        wagtailadmin_workflows:usage_results
        wagtailadmin_workflows:task_index
        wagtailadmin_workflows:task_index_results
        wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:disable_task
        wagtailadmin_reports:locked_pages
        wagtailadmin_reports:locked_pages_results
        wagtailredirects:index
        wagtailredirects:index_results
        wagtailredirects:add
        wagtailredirects:start_import
        wagtailsites:index
        wagtailsites:index_results
        wagtailsites:add
        wagtailsites:edit
        wagtailsites:delete
        wagtailsites:history
        wagtailsites:history_results
        wagtailsites:usage
        wagtailsites:copy
        wagtailusers_users:index
        wagtailusers_users:index_results
        wagtailusers_users:add
        wagtailusers_users:edit
        wagtailusers_users:delete
        wagtailusers_users:history
        wagtailusers_users:history_results
        wagtailusers_users:usage
        wagtailusers_users:copy
        wagtailusers_groups:index
        wagtailusers_groups:index_results
        wagtailusers_groups:add
        wagtailusers_groups:edit
        wagtailusers_groups:delete
        wagtailusers_groups:history
        wagtailusers_groups:history_results
        wagtailusers_groups:usage
    """,
    (302, 302): """
        wagtailadmin_pages:choose_parent
        wagtailadmin_pages:add_subpage
        wagtailadmin_pages:workflow_preview
        wagtailadmin_pages:revisions_index
        wagtailadmin_workflows:select_task_type
        wagtailforms:delete_submissions
        wagtailsnippets_products_product:add
        wagtailsnippets_products_product:edit
        wagtailsnippets_products_product:delete
        wagtailsnippets_products_product:usage
        wagtailsnippets_products_product:history
        wagtailsnippets_products_product:history_results
        wagtailsnippets_products_product:copy
        wagtailsnippetchoosers_products_product:create
        wagtailsnippets_media_pipeline_video:add
        wagtailsnippets_media_pipeline_video:edit
        wagtailsnippets_media_pipeline_video:delete
        wagtailsnippets_media_pipeline_video:usage
        wagtailsnippets_media_pipeline_video:history
        wagtailsnippets_media_pipeline_video:history_results
        wagtailsnippets_media_pipeline_video:copy
        wagtailsnippets_media_pipeline_video:revisions_compare
        wagtailsnippets_media_pipeline_video:unpublish
        wagtailsnippets_media_pipeline_video:workflow_history
        wagtailsnippets_media_pipeline_video:workflow_history_detail
        wagtailsnippetchoosers_media_pipeline_video:create
    """,
    (302, 404): """
        wagtailadmin_collections:edit
        wagtailredirects:edit
    """,
    (302, 405): """
        wagtailredirects:process_import
        wagtailsnippets_media_pipeline_video:lock
        wagtailsnippets_media_pipeline_video:unlock
    """,
    (404, 404): """
        wagtailadmin_api:pages:find
        wagtailadmin_api:documents:detail
        wagtailadmin_api:documents:find
        wagtailadmin_api:images:find
        wagtail_bulk_action
        wagtailadmin_pages:convert_alias
        wagtailadmin_pages:workflow_action
        wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:workflow_history_detail
        wagtailadmin_tag_model_autocomplete
        wagtailadmin_collections:delete
        wagtailadmin_workflows:add_task
        wagtailadmin_block_preview
        wagtailforms:list_submissions
        wagtailforms:list_submissions_results
        wagtailredirects:delete
        wagtaildocs:edit
        wagtaildocs:delete
        wagtaildocs:document_usage
        wagtailimages:url_generator
        wagtailimages:url_generator_output
        wagtailsnippets_media_pipeline_video:revisions_revert
        wagtailsnippets_media_pipeline_video:revisions_unschedule
        wagtailsnippets_media_pipeline_video:workflow_action
        wagtailsnippets_media_pipeline_video:collect_workflow_action_data
        wagtaildocs_chooser:chosen
        /admin/.*/$
    """,
    (405, 405): """
        wagtailadmin_api:pages:action
        wagtailadmin_pages:set_page_position
        wagtailadmin_pages:lock
        wagtailadmin_pages:unlock
        wagtailadmin_workflows:enable
        wagtailadmin_workflows:remove
        wagtailadmin_workflows:enable_task
        wagtailadmin_logout
        wagtailadmin_editing_sessions:ping
        wagtailadmin_editing_sessions:release
        moderation:lift
        moderation:approve_application
        moderation:decline_application
        moderation:suspend
        moderation:reinstate
        moderation:set_aside
        moderation:approve
        moderation:send_back
        wagtaildocs:edit_multiple
        wagtaildocs:create_multiple_from_uploaded_document
        wagtaildocs:delete_multiple
        wagtaildocs:delete_upload_multiple
        wagtailimages:edit_multiple
        wagtailimages:create_multiple_from_uploaded_image
        wagtailimages:delete_multiple
        wagtailimages:delete_upload_multiple
    """,
    (500, 500): """
        wagtailadmin_error_test
    """,
    # Wagtail's own sign-in form, in front of which the site's stands.
    (LOGIN, LOGIN): """
        wagtailadmin_login
        admin_sign_in
    """,
}
# What doesn't ask who one is. It says nothing of the site.
OPEN_TO_ALL = {
    "wagtailadmin_sprite": 200,
    "wagtailadmin_javascript_catalog": 200,
    # Switched off: the site's own way to a new password is the only one.
    "wagtailadmin_password_reset": 404,
    "wagtailadmin_password_reset_done": 404,
    "wagtailadmin_password_reset_confirm": 404,
    "wagtailadmin_password_reset_complete": 404,
}

EXPECTED = {name: pair for pair, names in ANSWERS.items() for name in names.split()}
